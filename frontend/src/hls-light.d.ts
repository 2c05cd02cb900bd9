// The light build ships no types of its own; what it has is typed as in the whole library.
declare module "hls.js/light" {
  export { default } from "hls.js";
}
