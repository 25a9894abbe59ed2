import { axis, Hist } from "cortado";
import type { Events } from "./events.d.ts";

/** Missing transverse momentum of all events. */
export default function q1(events: Events) {
  const q1 = Hist.of(axis.regular(100, 0, 2000, { name: "met", label: "MET [GeV]" }));
  return { q1: q1.fill({ met: events.MET.pt }) };
}
