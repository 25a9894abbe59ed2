import { axis, Hist } from "cortado";
import type { Events } from "./events.d.ts";

/** Transverse momentum of all jets. */
export default function q2(events: Events) {
  const q2 = Hist.of(axis.regular(100, 15, 60, { name: "pt", label: "Jet p_T [GeV]" }));
  return { q2: q2.fill({ pt: events.Jet.pt }) };
}
