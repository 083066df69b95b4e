import { okabeIto, roles } from "./theme";

/** How a series is drawn: told apart by dash and marker too, for those who see no colours. */
export interface SeriesStyle {
  readonly colour: string;
  readonly dash: "solid" | "dash" | "dot" | "dashdot" | "longdash" | "longdashdot";
  readonly symbol: string;
}

/** For what is compared with: plain gradient descent, the identity, zeros. As clear on a dark page as on a white one. */
export const neutral = "#707070";

/*
 * What a style means, in every figure of every notebook. A figure shows one of these families: blue is momentum among
 * optimizers and sigmoid among activations. What has no name here takes the place in the list of `seriesStyles`.
 */

/** Which samples: the colours of `roles`, so that loss and accuracy of one set look alike. */
export const splitStyles = {
  training: { colour: roles.training, dash: "solid", symbol: "circle" },
  test: { colour: roles.test, dash: "dash", symbol: "diamond" },
  validation: { colour: roles.validation, dash: "dot", symbol: "triangle-up" },
} as const;

/** Which quantity, where a figure shows several of one run. */
export const quantityStyles = {
  loss: { colour: okabeIto.blue, dash: "solid", symbol: "circle" },
  accuracy: { colour: okabeIto.green, dash: "dash", symbol: "diamond" },
  learningRate: { colour: okabeIto.orange, dash: "dot", symbol: "triangle-up" },
  gradientNorm: { colour: okabeIto.purple, dash: "dashdot", symbol: "square" },
  momentum: { colour: okabeIto.skyBlue, dash: "longdash", symbol: "cross" },
} as const;

/** Which way through a network; `tint` is for areas. */
export const directionStyles = {
  forward: { colour: okabeIto.green, dash: "solid", symbol: "circle", tint: "#CCECE3" },
  backward: { colour: okabeIto.purple, dash: "dash", symbol: "diamond", tint: "#F5E4ED" },
} as const;

/** Which rule turns gradients into steps. */
export const optimizerStyles = {
  sgd: { colour: neutral, dash: "solid", symbol: "circle" },
  momentum: { colour: okabeIto.blue, dash: "solid", symbol: "diamond" },
  nesterov: { colour: okabeIto.skyBlue, dash: "dash", symbol: "triangle-up" },
  adagrad: { colour: okabeIto.orange, dash: "dot", symbol: "square" },
  rmsprop: { colour: okabeIto.green, dash: "dashdot", symbol: "cross" },
  adam: { colour: okabeIto.vermilion, dash: "solid", symbol: "star" },
  adamw: { colour: okabeIto.vermilion, dash: "longdash", symbol: "x" },
  amsgrad: { colour: okabeIto.purple, dash: "longdashdot", symbol: "pentagon" },
} as const;

/** Which activation. */
export const activationStyles = {
  identity: { colour: neutral, dash: "solid", symbol: "circle" },
  step: { colour: neutral, dash: "dot", symbol: "x" },
  sigmoid: { colour: okabeIto.blue, dash: "solid", symbol: "diamond" },
  tanh: { colour: okabeIto.skyBlue, dash: "dash", symbol: "triangle-up" },
  relu: { colour: okabeIto.vermilion, dash: "solid", symbol: "square" },
  leakyRelu: { colour: okabeIto.vermilion, dash: "dash", symbol: "cross" },
  elu: { colour: okabeIto.orange, dash: "longdash", symbol: "star" },
  gelu: { colour: okabeIto.green, dash: "dashdot", symbol: "pentagon" },
  softplus: { colour: okabeIto.purple, dash: "longdashdot", symbol: "hexagon" },
} as const;

/** Which first weights; normal and uniform draws of one variance look alike. */
export const initializerStyles = {
  zeros: { colour: neutral, dash: "solid", symbol: "circle" },
  constant: { colour: neutral, dash: "dot", symbol: "x" },
  small: { colour: okabeIto.orange, dash: "dot", symbol: "diamond" },
  lecun: { colour: okabeIto.green, dash: "dashdot", symbol: "triangle-up" },
  xavier: { colour: okabeIto.blue, dash: "solid", symbol: "square" },
  he: { colour: okabeIto.vermilion, dash: "dash", symbol: "cross" },
  orthogonal: { colour: okabeIto.purple, dash: "longdash", symbol: "star" },
  lsuv: { colour: okabeIto.skyBlue, dash: "longdashdot", symbol: "pentagon" },
} as const;

/** In which order the samples come: mixed anew or once, by class, sorted with noise, as time brought them. */
export const orderStyles = {
  shuffled: { colour: okabeIto.blue, dash: "solid", symbol: "circle" },
  stratified: { colour: okabeIto.vermilion, dash: "dash", symbol: "diamond" },
  fixed: { colour: okabeIto.green, dash: "dot", symbol: "triangle-up" },
  drifting: { colour: okabeIto.purple, dash: "dashdot", symbol: "square" },
  sorted: { colour: okabeIto.orange, dash: "longdash", symbol: "cross" },
  inTime: { colour: okabeIto.skyBlue, dash: "longdashdot", symbol: "star" },
} as const;

/**
 * Half of a colour's strength and less, for areas under lines.
 * @param opacity from 0 to 1
 * @example
 * translucent("#0072B2", 0.2) // "rgba(0, 114, 178, 0.2)"
 */
export function translucent(colour: string, opacity: number): string {
  const channels = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  return `rgba(${channels.join(", ")}, ${opacity})`;
}
