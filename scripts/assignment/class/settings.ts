import { readByHand } from "./by-hand";

/** What a course does with late days, and how totals are rounded. */
export interface CourseSettings {
  readonly late: {
    /** The share of the points that a day takes. */
    readonly penaltyPerDay: number;
    /** Days that take nothing. */
    readonly graceDays: number;
    /** The largest share that is taken. */
    readonly most: number;
  };
  /** Totals are multiples of this many points, the nearest one; halves are rounded up. */
  readonly rounding: number;
}

/** A course without course.json. */
export const usualSettings: CourseSettings = {
  late: { penaltyPerDay: 0.1, graceDays: 0, most: 1 },
  rounding: 0.01,
};

const share = { type: "number", minimum: 0, maximum: 1 };

const schema = {
  type: "object",
  additionalProperties: false,
  properties: {
    late: {
      type: "object",
      additionalProperties: false,
      properties: { penaltyPerDay: share, graceDays: { type: "number", minimum: 0 }, most: share },
    },
    rounding: { type: "number", exclusiveMinimum: 0 },
  },
};

/**
 * The settings in course.json; what it leaves out is as usual.
 * @throws BadInput naming what is wrong in it
 */
export function readSettings(file: string): CourseSettings {
  type Some = { late?: Partial<CourseSettings["late"]>; rounding?: number };
  const { late, rounding } = readByHand<Some>(file, schema, {});
  return { late: { ...usualSettings.late, ...late }, rounding: rounding ?? usualSettings.rounding };
}
