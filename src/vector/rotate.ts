import type { Column } from "../jagged/index.ts";
import { type Coordinate, coordinatesOf } from "./coordinates.ts";
import { wrapPhi } from "./four-vector.ts";
import { readWithNumbers, requireDimension, vectorsLike } from "./operands.ts";
import { valuesIn } from "./property.ts";
import { quantity } from "./quantity.ts";
import type { Numbers } from "./vectors.ts";

/** A rotation about the x axis by `angle` (radians, from y towards z): a number, or one for each vector or event. */
export function rotateX(column: Column, angle: number | Column): Column {
  return rotated("rotateX", column, angle, "y", "z");
}

/** A rotation about the y axis, from z towards x, as {@link rotateX}. */
export function rotateY(column: Column, angle: number | Column): Column {
  return rotated("rotateY", column, angle, "z", "x");
}

/** A rotation about the beam, from x towards y: φ grows by `angle` and is wrapped to [−π, π); pt and η stay. */
export function rotateZ(column: Column, angle: number | Column): Column {
  const [v, by] = readWithNumbers("rotateZ", column, angle);
  if (v.system.plane === "xy") return rotated("rotateZ", column, angle, "x", "y");
  const phi = quantity(v, "phi");
  const turned = new Float64Array(v.rows);
  for (let i = 0; i < turned.length; i++) turned[i] = wrapPhi(phi[i]! + by(i));
  return vectorsLike(v, v.system, { ...valuesIn(v, v.system), phi: turned }, v.charge);
}

/** Turns the component `from` towards `to`; energy or mass stay. */
function rotated(
  operation: string,
  column: Column,
  angle: number | Column,
  from: "x" | "y" | "z",
  to: "x" | "y" | "z",
): Column {
  const [v, by] = readWithNumbers(operation, column, angle);
  if (from === "z" || to === "z") requireDimension(operation, v, 3);
  const system = { plane: "xy", beam: v.system.beam === undefined ? undefined : "z", time: v.system.time } as const;
  const values: { [C in Coordinate]?: Numbers } = valuesIn(v, system);
  const [one, other] = [values[from]!, values[to]!];
  const first = new Float64Array(v.rows);
  const second = new Float64Array(v.rows);
  for (let i = 0; i < v.rows; i++) {
    const [cos, sin] = [Math.cos(by(i)), Math.sin(by(i))];
    first[i] = cos * one[i]! - sin * other[i]!;
    second[i] = sin * one[i]! + cos * other[i]!;
  }
  values[from] = first;
  values[to] = second;
  return vectorsLike(
    v,
    system,
    Object.fromEntries(coordinatesOf(system).map((name) => [name, values[name]!])),
    v.charge,
  );
}
