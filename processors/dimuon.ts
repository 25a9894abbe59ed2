import { axis, Hist, Processor } from "cortado";
import type { Events } from "./adl/events.d.ts";

export default class DimuonMass extends Processor<Events> {
  process(events: Events) {
    const mass = axis.regular(60, 60, 120, { name: "mass", label: "Dimuon mass [GeV]" });
    const dimuon = Hist.of(axis.category("dataset"), mass);
    const pairs = events.Muon.combinations(2).filter((a, b) => a.charge !== b.charge);
    dimuon.fill({ dataset: events.metadata.dataset, mass: pairs.map((a, b) => a.p4.add(b.p4).mass) });
    return { dimuon, cutflow: { events: events.length, "two muons": events.filter((e) => e.Muon.length > 1).length } };
  }
}
