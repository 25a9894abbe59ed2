import { registerHooks } from "node:module";

let registered = false;

/**
 * Lets modules outside this package import `cortado` and `cortado/…` by name and get this very copy of it, so that a
 * `Hist` of theirs is a `Hist` of ours. Registers once for the calling thread.
 */
export function resolveCortado(): void {
  if (registered) return;
  registered = true;
  registerHooks({
    resolve(specifier, context, nextResolve) {
      const ours = specifier === "cortado" || specifier.startsWith("cortado/");
      return nextResolve(specifier, ours ? { ...context, parentURL: import.meta.url } : context);
    },
  });
}
