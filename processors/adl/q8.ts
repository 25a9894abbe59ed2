import { axis, Hist, transverseMass } from "cortado";
import type { Events } from "./events.d.ts";

/** Transverse mass of MET and the leading lepton outside the same-flavour opposite-charge pair closest to the Z mass. */
export default function q8(events: Events) {
  const q8 = Hist.of(axis.regular(100, 15, 250, { name: "mt", label: "Transverse mass [GeV]" }));
  const trilepton = events
    .define({ leptons: (e) => e.Muon.concat(e.Electron) })
    .filter((e) => e.leptons.length >= 3)
    .define({
      z: (e) =>
        e.leptons
          .combinations(2)
          .filter((a, b) => a.collection === b.collection && a.charge !== b.charge)
          .minBy((a, b) => Math.abs(a.p4.add(b.p4).mass - 91.2)),
    })
    .filter((e) => e.z.length === 1)
    .define({ other: (e) => e.leptons.filter((l) => !e.z.any((a, b) => l.is(a) || l.is(b))).maxBy((l) => l.pt) });
  return { q8: q8.fill({ mt: trilepton.map((e) => e.other.sum((l) => transverseMass(l, e.MET))) }) };
}
