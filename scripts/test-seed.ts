import fc from "fast-check";

/** Property tests draw the same cases in every run; `CORTADO_SEED=random` or a number draws others. */
const asked = process.env["CORTADO_SEED"];
if (asked !== "random")
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: asked === undefined ? 20260801 : Number(asked) });
