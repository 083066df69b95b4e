/** The filter of system calls inside a sandbox, as a classic BPF program (seccomp(2), linux/filter.h, linux/seccomp.h). */

const load = 0x20; // BPF_LD | BPF_W | BPF_ABS
const jumpIfEqual = 0x15; // BPF_JMP | BPF_JEQ | BPF_K
const jumpIfAtLeast = 0x35; // BPF_JMP | BPF_JGE | BPF_K
const jumpIfBits = 0x45; // BPF_JMP | BPF_JSET | BPF_K
const answer = 0x06; // BPF_RET | BPF_K

const allow = 0x7fff0000; // SECCOMP_RET_ALLOW
const killProcess = 0x80000000; // SECCOMP_RET_KILL_PROCESS
const refuse = (errno: number) => 0x00050000 | errno; // SECCOMP_RET_ERRNO
const notPermitted = 1; // EPERM
const notThere = 38; // ENOSYS

/** Offsets in struct seccomp_data: the call's number, the architecture, the lower half of the first argument. */
const at = { number: 0, architecture: 4, firstArgument: 16 };

/** clone(2): the new task is a thread of the caller, not a process. */
const cloneThread = 0x00010000;

/** The numbers of one architecture's calls (its unistd.h); the names of those that it has. */
interface Architecture {
  /** AUDIT_ARCH_… of linux/audit.h. */
  readonly audit: number;
  readonly clone: number;
  readonly clone3: number;
  /** Calls with this bit are x32's, which has numbers of its own. */
  readonly foreign?: number;
  readonly refused: Readonly<Record<string, number>>;
}

/** Processor architectures by Node's names. */
const architectures: Readonly<Record<string, Architecture>> = {
  x64: {
    audit: 0xc000003e,
    clone: 56,
    clone3: 435,
    foreign: 0x40000000,
    refused: {
      fork: 57,
      vfork: 58,
      socket: 41,
      ptrace: 101,
      process_vm_readv: 310,
      process_vm_writev: 311,
      shmget: 29,
      memfd_create: 319,
      memfd_secret: 447,
      mount: 165,
      unshare: 272,
      setns: 308,
      bpf: 321,
      perf_event_open: 298,
      userfaultfd: 323,
      io_uring_setup: 425,
      add_key: 248,
      request_key: 249,
      keyctl: 250,
    },
  },
  arm64: {
    audit: 0xc00000b7,
    clone: 220,
    clone3: 435,
    refused: {
      socket: 198,
      ptrace: 117,
      process_vm_readv: 270,
      process_vm_writev: 271,
      shmget: 194,
      memfd_create: 279,
      memfd_secret: 447,
      mount: 40,
      unshare: 97,
      setns: 268,
      bpf: 280,
      perf_event_open: 241,
      userfaultfd: 282,
      io_uring_setup: 425,
      add_key: 217,
      request_key: 218,
      keyctl: 219,
    },
  },
};

/** One instruction: struct sock_filter { u16 code; u8 jt; u8 jf; u32 k; }. */
type Instruction = readonly [code: number, ifTrue: number, ifFalse: number, k: number];

/**
 * A program that lets threads begin but no process, and refuses with EPERM sockets, shared memory outside the limits on
 * memory, tracing, namespaces and what has been a way into the kernel. clone3 is answered "not there", whereupon libc
 * uses clone. A call of another architecture ends the process.
 * @param architecture as `process.arch` names it
 * @throws if the architecture is neither x64 nor arm64
 */
export function seccompProgram(architecture: string = process.arch): Buffer {
  const calls = architectures[architecture];
  if (!calls)
    throw new Error(
      `the sandbox knows the system calls of ${Object.keys(architectures).join(" and ")}, not of ${architecture}`,
    );
  const instructions: Instruction[] = [
    [load, 0, 0, at.architecture],
    [jumpIfEqual, 1, 0, calls.audit],
    [answer, 0, 0, killProcess],
    [load, 0, 0, at.number],
  ];
  if (calls.foreign !== undefined)
    instructions.push([jumpIfAtLeast, 0, 1, calls.foreign], [answer, 0, 0, killProcess]);
  for (const number of Object.values(calls.refused))
    instructions.push([jumpIfEqual, 0, 1, number], [answer, 0, 0, refuse(notPermitted)]);
  instructions.push(
    [jumpIfEqual, 0, 1, calls.clone3],
    [answer, 0, 0, refuse(notThere)],
    [jumpIfEqual, 0, 3, calls.clone],
    [load, 0, 0, at.firstArgument],
    [jumpIfBits, 1, 0, cloneThread],
    [answer, 0, 0, refuse(notPermitted)],
    [answer, 0, 0, allow],
  );
  return Buffer.concat(instructions.map(encoded));
}

function encoded([code, ifTrue, ifFalse, k]: Instruction): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt16LE(code, 0);
  bytes.writeUInt8(ifTrue, 2);
  bytes.writeUInt8(ifFalse, 3);
  bytes.writeUInt32LE(k >>> 0, 4);
  return bytes;
}
