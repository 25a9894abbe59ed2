import { axis, Hist } from "cortado";
import type { Events } from "./events.d.ts";

/** Missing transverse momentum of events with at least two jets above 40 GeV. */
export default function q4(events: Events) {
  const q4 = Hist.of(axis.regular(100, 0, 2000, { name: "met", label: "MET [GeV]" }));
  const dijet = events.filter((e) => e.Jet.count((j) => j.pt > 40) >= 2);
  return { q4: q4.fill({ met: dijet.MET.pt }) };
}
