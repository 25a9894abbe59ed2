import { axis, Hist } from "cortado";
import type { Events } from "./events.d.ts";

/** Missing transverse momentum of events with an opposite-charge muon pair of 60 to 120 GeV. */
export default function q5(events: Events) {
  const q5 = Hist.of(axis.regular(100, 0, 2000, { name: "met", label: "MET [GeV]" }));
  const dimuon = events.filter((e) =>
    e.Muon.combinations(2)
      .filter((a, b) => a.charge !== b.charge)
      .map((a, b) => a.p4.add(b.p4).mass)
      .any((mass) => mass > 60 && mass < 120),
  );
  return { q5: q5.fill({ met: dimuon.MET.pt }) };
}
