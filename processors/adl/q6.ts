import { axis, Hist } from "cortado";
import type { Events } from "./events.d.ts";

/** Of each event's trijet with the mass closest to the top quark's: its transverse momentum, and its largest b-tag. */
export default function q6(events: Events) {
  const q6a = Hist.of(axis.regular(100, 15, 40, { name: "pt", label: "Trijet p_T [GeV]" }));
  const q6b = Hist.of(axis.regular(100, 0, 1, { name: "btag", label: "Largest b-tag of the trijet" }));
  const top = events.Jet.combinations(3).minBy((a, b, c) => Math.abs(a.p4.add(b.p4).add(c.p4).mass - 172.5));
  return {
    q6a: q6a.fill({ pt: top.map((a, b, c) => a.p4.add(b.p4).add(c.p4).pt) }),
    q6b: q6b.fill({ btag: top.map((a, b, c) => Math.max(a.btag, b.btag, c.btag)) }),
  };
}
