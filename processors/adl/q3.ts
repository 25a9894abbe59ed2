import { axis, Hist } from "cortado";
import type { Events } from "./events.d.ts";

/** Transverse momentum of central jets, |η| < 1. */
export default function q3(events: Events) {
  const q3 = Hist.of(axis.regular(100, 15, 60, { name: "pt", label: "Jet p_T [GeV]" }));
  return { q3: q3.fill({ pt: events.Jet.filter((j) => Math.abs(j.eta) < 1).pt }) };
}
