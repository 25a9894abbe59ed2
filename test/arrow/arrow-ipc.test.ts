import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Table } from "apache-arrow";
import { afterAll, beforeAll, expect, test } from "vitest";
import generate from "../../datasets/adl.ts";
import { noPython, pythonInterpreter } from "../../scripts/setup-python.ts";
import { fromArrowIpc, toArrowIpc, toArrowTable } from "../../src/arrow/index.ts";
import { type Column, toList, typeName } from "../../src/jagged/index.ts";
import { plain } from "./plain.ts";
import { samples } from "./samples.ts";

const python = pythonInterpreter();
const [events] = generate({ events: 500, seed: 11 });
const tables: Readonly<Record<string, Readonly<Record<string, Column>>>> = { samples, events: events! };
let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "cortado-arrow-"))));
afterAll(() => rmSync(folder, { recursive: true }));

test.each(["stream", "file"] as const)("columns survive Arrow IPC, %s", (form) => {
  for (const columns of Object.values(tables)) {
    const back = fromArrowIpc(toArrowIpc(toArrowTable(columns), form));
    expect(Object.keys(back)).toEqual(Object.keys(columns));
    for (const [name, column] of Object.entries(columns)) expect(toList(back[name]!)).toEqual(toList(column));
  }
});

test("what is read shares the memory of the bytes", () => {
  const bytes = toArrowIpc(toArrowTable({ x: samples["float64"]!, y: samples["lists"]! }));
  const { x, y } = fromArrowIpc(bytes);
  expect((x as { values?: Float64Array }).values?.buffer).toBe(bytes.buffer);
  expect((y as { offsets?: Int32Array }).offsets?.buffer).toBe(bytes.buffer);
});

test("other bytes, and bytes cut short, are refused", () => {
  const bytes = toArrowIpc(toArrowTable(samples));
  const file = toArrowIpc(toArrowTable(samples), "file");
  const cuts = (whole: Uint8Array): Uint8Array[] =>
    Array.from({ length: Math.ceil(whole.length / 3) }, (_, n) => whole.subarray(0, 3 * n));
  for (const cut of [
    ...cuts(bytes),
    ...cuts(file),
    file.subarray(0, -1),
    new TextEncoder().encode("PAR1 and more of the like"),
  ])
    expect(() => fromArrowIpc(cut)).toThrow(expect.objectContaining({ kind: "FormatError" }));
});

test("flipped bits in the buffers give an error or columns that hang together, nothing else", () => {
  const whole = toArrowIpc(toArrowTable(samples));
  const view = new DataView(whole.buffer, whole.byteOffset);
  // Two messages, of the schema and of the batch: 0xFFFFFFFF, length, that many bytes; then the buffers.
  const batch = 8 + view.getInt32(4, true);
  const body = batch + 8 + view.getInt32(batch + 4, true);
  let refused = 0;
  for (let bit = 8 * body; bit < 8 * (whole.length - 8); bit += 3) {
    const bytes = whole.slice();
    bytes[bit >> 3]! ^= 1 << (bit & 7);
    try {
      for (const column of Object.values(fromArrowIpc(bytes))) expect(toList(column)).toHaveLength(4);
    } catch (error) {
      expect(error).toMatchObject({ kind: "FormatError", fields: { code: "CorruptOffsets" } });
      refused++;
    }
  }
  expect(refused).toBeGreaterThan(100);
});

test("a stream of no batches has empty columns of its types", () => {
  const whole = toArrowTable(samples);
  const back = fromArrowIpc(toArrowIpc(new Table(whole.schema)));
  expect(Object.keys(back)).toEqual(Object.keys(samples));
  for (const [name, column] of Object.entries(samples)) {
    expect(toList(back[name]!)).toEqual([]);
    expect(typeName(back[name]!)).toBe(typeName(column).replace(/\?|option\[|\]/g, ""));
  }
});

test.skipIf(python === undefined)(
  `pyarrow and awkward read what toArrowIpc writes${python === undefined ? ` [skipped: ${noPython}]` : ""}`,
  () => {
    for (const [name, columns] of Object.entries(tables))
      for (const form of ["stream", "file"] as const) {
        const path = join(folder, `${name}.${form}`);
        writeFileSync(path, toArrowIpc(toArrowTable(columns), form));
        const ran = spawnSync(python!, [join(import.meta.dirname, "read-ipc.py"), form, path], {
          encoding: "utf8",
          maxBuffer: 1 << 28,
        });
        expect(ran.stderr).toBe("");
        const read = JSON.parse(ran.stdout) as Record<
          string,
          { nullable: boolean; values: unknown[]; awkward: unknown }
        >;
        expect(Object.keys(read)).toEqual(Object.keys(columns));
        for (const [column, { nullable, values, awkward }] of Object.entries(read)) {
          expect([column, nullable]).toEqual([column, columns[column]!.validity !== undefined]);
          expect([column, values]).toEqual([column, plain(columns[column]!)]);
          expect([column, awkward]).toEqual([column, values]);
        }
      }
  },
);
