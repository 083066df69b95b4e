/** What the main thread and the control thread say to each other, besides the frames of Jupyter's messages. */
export interface ControlData {
  address: string;
  key: string;
  interruptCount: Int32Array;
}

/** Sent to the control thread in place of frames. */
export const CLOSE = "close";
