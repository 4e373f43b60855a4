/** What the kernel of Linux calls this processor, and the numbers of its calls. */
const MACHINES = {
  x64: { audit: 0xc000003e, clone: 56, fork: 57, vfork: 58 },
  arm64: { audit: 0xc00000b7, clone: 220 },
};
const CLONE3 = 435;
/** Numbers from here on are calls of x32, another way into the same. */
const X32 = 0x40000000;
const CLONE_THREAD = 0x10000;
const [EPERM, ENOSYS] = [1, 38];

/** Places in what a filter sees of a call: its number, the machine, the lower half of its first argument. */
const [NUMBER, MACHINE, ARGUMENT] = [0, 4, 16];
const [LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN] = [0x20, 0x15, 0x35, 0x45, 0x06];
const ALLOW = 0x7fff0000;
const refuse = (number) => 0x50000 | number;

/** Instructions `[code, operand, steps if true, steps if false]` of a seccomp filter that lets threads start, and no process. */
function instructions({ audit, clone, fork = clone, vfork = clone }) {
  return [
    [LOAD, MACHINE],
    [EQUAL, audit, 0, 9],
    [LOAD, NUMBER],
    [AT_LEAST, X32, 7, 0],
    // The C library then falls back to clone, whose argument can be looked at.
    [EQUAL, CLONE3, 5, 0],
    [EQUAL, clone, 2, 0],
    [EQUAL, fork, 4, 0],
    [EQUAL, vfork, 3, 4],
    [LOAD, ARGUMENT],
    [ANY_BIT, CLONE_THREAD, 2, 1],
    [RETURN, refuse(ENOSYS)],
    [RETURN, refuse(EPERM)],
    [RETURN, ALLOW],
  ];
}

/** The filter for bubblewrap's `--seccomp`, or null on a processor whose calls are not known here. */
function noProcesses(processor = process.arch) {
  const machine = MACHINES[processor];
  if (!machine) return null;
  const words = instructions(machine).map(([code, operand, yes = 0, no = 0]) => {
    const word = Buffer.alloc(8);
    word.writeUInt16LE(code, 0);
    word.writeUInt8(yes, 2);
    word.writeUInt8(no, 3);
    word.writeUInt32LE(operand >>> 0, 4);
    return word;
  });
  return Buffer.concat(words);
}

module.exports = { noProcesses };
