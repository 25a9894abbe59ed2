import type { JsonPlace } from "./json-reader.ts";

/** What turns the sum of leaves into the prediction, and the base score into where the sum begins. */
export type Link = "identity" | "logistic" | "exponential" | "softmax";

const links: { readonly [objective: string]: Link } = {
  "reg:squarederror": "identity",
  "reg:squaredlogerror": "identity",
  "reg:pseudohubererror": "identity",
  "reg:absoluteerror": "identity",
  "rank:pairwise": "identity",
  "rank:ndcg": "identity",
  "rank:map": "identity",
  "binary:logistic": "logistic",
  "reg:logistic": "logistic",
  "binary:logitraw": "identity",
  "count:poisson": "exponential",
  "reg:gamma": "exponential",
  "reg:tweedie": "exponential",
  "multi:softprob": "softmax",
};

/** The trees of a model, one after the other in flat arrays: node `i` of all. */
export interface TreeModel {
  readonly features: number;
  readonly featureNames: readonly string[];
  /** Outputs of a row: 1, or the classes of a softmax. */
  readonly outputs: number;
  readonly link: Link;
  /** Where the sum of leaves of each output begins. */
  readonly base: Float32Array;
  /** First node of each tree, and which output it adds to. */
  readonly roots: Int32Array;
  readonly outputOf: Int32Array;
  /** Feature that a node asks for; −1 for a leaf. */
  readonly feature: Int16Array;
  /** A value below it goes left; the value of a leaf. */
  readonly threshold: Float32Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** Where a missing value (NaN) goes. */
  readonly otherwise: Int32Array;
}

/**
 * Reads the JSON that xgboost's `save_model` writes. Throws CorrectionError `BadCorrection` naming the place: other boosters than
 * gbtree, objectives whose transformation is not known, categorical splits, vector leaves, broken trees.
 */
export function readTreeModel(place: JsonPlace): TreeModel {
  const learner = place.at("learner");
  const booster = learner.at("gradient_booster");
  booster.at("name").oneOf(["gbtree"] as const);
  const objective = learner.at("objective").at("name");
  const link = links[objective.oneOf(Object.keys(links))]!;
  const parameters = learner.at("learner_model_param");
  const features = countOf(parameters.at("num_feature"));
  const outputs = Math.max(1, countOf(parameters.at("num_class")));
  const trees = booster.at("model").at("trees").items();
  const roots = new Int32Array(trees.length);
  let nodes = 0;
  trees.forEach((tree, i) => {
    roots[i] = nodes;
    nodes += tree.at("left_children").items().length;
  });
  const model: TreeModel = {
    features,
    featureNames: learner.at("feature_names").absent
      ? []
      : learner
          .at("feature_names")
          .items()
          .map((name) => name.text()),
    outputs,
    link,
    base: baseOf(parameters.at("base_score"), link, outputs),
    roots,
    outputOf: Int32Array.from(booster.at("model").at("tree_info").items(), (info) => info.number()),
    feature: new Int16Array(nodes),
    threshold: new Float32Array(nodes),
    left: new Int32Array(nodes),
    right: new Int32Array(nodes),
    otherwise: new Int32Array(nodes),
  };
  if (model.outputOf.length !== trees.length)
    booster.at("model").at("tree_info").fail(`it does not have one entry for each of ${trees.length} trees`);
  trees.forEach((tree, i) => {
    readTree(tree, model, roots[i]!);
    if (!(model.outputOf[i]! < outputs)) tree.fail(`it belongs to class ${model.outputOf[i]} of ${outputs}`);
  });
  return model;
}

function readTree(tree: JsonPlace, model: TreeModel, root: number): void {
  const numbers = (key: string): readonly number[] =>
    tree
      .at(key)
      .items()
      .map((item) => (item.value === true ? 1 : item.value === false ? 0 : item.number()));
  const [left, right] = [numbers("left_children"), numbers("right_children")];
  const [features, conditions, defaultLeft] = [
    numbers("split_indices"),
    numbers("split_conditions"),
    numbers("default_left"),
  ];
  const types = tree.at("split_type").absent ? [] : numbers("split_type");
  for (const list of [right, features, conditions, defaultLeft])
    if (list.length !== left.length) tree.fail(`its lists have ${left.length} and ${list.length} nodes`);
  for (let i = 0; i < left.length; i++) {
    const node = root + i;
    model.threshold[node] = conditions[i]!;
    if (left[i] === -1) {
      model.feature[node] = -1;
      continue;
    }
    if (types[i] === 1) tree.fail(`node ${i} splits by categories, which cannot be evaluated`);
    // Children come after their parent, so that a walk ends.
    if (!(left[i]! > i && left[i]! < left.length && right[i]! > i && right[i]! < left.length))
      tree.fail(`node ${i} has the children ${left[i]} and ${right[i]} of ${left.length} nodes`);
    if (!(features[i]! >= 0 && features[i]! < model.features))
      tree.fail(`node ${i} asks for feature ${features[i]} of ${model.features}`);
    model.feature[node] = features[i]!;
    model.left[node] = root + left[i]!;
    model.right[node] = root + right[i]!;
    model.otherwise[node] = defaultLeft[i] ? root + left[i]! : root + right[i]!;
  }
}

function countOf(place: JsonPlace): number {
  const count = Number(place.text());
  return Number.isInteger(count) && count >= 0 ? count : place.fail(`a count is expected, not "${place.text()}"`);
}

/** The base score, which newer files write as a list, on the scale of the sum of leaves. */
function baseOf(place: JsonPlace, link: Link, outputs: number): Float32Array {
  const scores = place
    .text()
    .replace(/^\[|\]$/g, "")
    .split(",")
    .map(Number);
  if (scores.some(Number.isNaN) || (scores.length !== 1 && scores.length !== outputs))
    place.fail(`"${place.text()}" is not a base score`);
  const margin = (score: number): number => {
    if (link === "logistic") return -Math.log(1 / score - 1);
    return link === "exponential" ? Math.log(score) : score;
  };
  return Float32Array.from({ length: outputs }, (_, i) => margin(Math.fround(scores[scores.length === 1 ? 0 : i]!)));
}
