import { axis, deltaR, Hist } from "cortado";
import type { Events } from "./events.d.ts";

/** Scalar sum of the pt of jets above 30 GeV with no lepton above 10 GeV within ΔR < 0.4; events without such a jet are left out. */
export default function q7(events: Events) {
  const q7 = Hist.of(axis.regular(100, 15, 200, { name: "ht", label: "Σ jet p_T [GeV]" }));
  const clean = events
    .define({
      jets: (e) =>
        e.Jet.filter((j) => j.pt > 30)
          .filter((j) => !e.Electron.any((l) => l.pt > 10 && deltaR(j, l) < 0.4))
          .filter((j) => !e.Muon.any((l) => l.pt > 10 && deltaR(j, l) < 0.4)),
    })
    .filter((e) => e.jets.length > 0);
  return { q7: q7.fill({ ht: clean.jets.sum((j) => j.pt) }) };
}
