export { eventTypes } from "./event-types.ts";
export { nanoaodLayout } from "./nanoaod.ts";
