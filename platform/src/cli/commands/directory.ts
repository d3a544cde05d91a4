/** The directory of members: what is asked of its commands. What they do is loaded when one of them runs (cli/directory/). */
import type { CommandDefinition, OptionDefinition } from '../command.ts'
import { passphraseOption } from '../passphrase.ts'

const keyOption: OptionDefinition = {
  flags: '--key <file...>',
  help: 'a secret key of the directory; may be given many times',
}

const atOption: OptionDefinition = {
  flags: '--at <instant>',
  help: 'as if it were then (2027-01-31T12:00:00Z; default now)',
}

const thresholdHelp = 'how many of them must sign'

const grantOptions: readonly OptionDefinition[] = [
  {
    flags: '--scope <messages...>',
    help: 'a message type or family it may send and receive: freeze.*, or freeze.*:send',
  },
  { flags: '--member-role <role...>', help: 'what it does for others: witness, keeper, gateway, observer' },
  { flags: '--from <instant>', help: 'a member from then on (default now)' },
  { flags: '--until <instant>', help: 'a member until then (default two years from now)' },
  { flags: '--messages-per-minute <n>', help: 'limit (default 120)' },
  { flags: '--bytes-per-day <n>', help: 'limit (default 10000000000)' },
  { flags: '--oprf-per-day <n>', help: 'elements of deconfliction a day (default 2000)' },
  { flags: '--connections <n>', help: 'open at a time (default 32)' },
  { flags: '--attachment-bytes <n>', help: 'largest attachment (default 1000000000)' },
]

export const directoryKey: CommandDefinition = {
  path: ['directory', 'key'],
  summary: 'Make a key for keeping the directory of members, on the machine of its holder',
  about:
    'key new FILE writes the secret key to FILE, readable by its owner alone and sealed under a passphrase, and the public key to FILE.pub. The public file goes to the others; the secret one never leaves this machine, which need not have a network.',
  arguments: [
    { name: '<new>', help: 'new' },
    { name: '<file>', help: 'where the secret key goes; it must not be there yet' },
  ],
  options: [
    { flags: '--holder <name>', help: 'whose key it is: an office or an agency, for all to see', required: true },
    passphraseOption,
    { flags: '--plain-key', help: 'do not seal the secret key: whoever reads the file can sign' },
  ],
  examples: ['comity directory key new /media/stick/om-root --holder "Openbaar Ministerie, key 1"'],
  run: async (desk, args, flags) => (await import('../directory/keys.ts')).runDirectoryKey(desk, args, flags),
}

export const directorySign: CommandDefinition = {
  path: ['directory', 'sign'],
  summary: 'Look at a draft of the directory and sign it',
  about:
    'Shows every change against what is published, and asks. The signature goes beside the draft, or to --out, to be carried to whoever collects them. The draft itself is not touched. On a machine without the folder, --folder names a copy of it; without one everything in the draft is shown as new.',
  arguments: [{ name: '<draft>', help: 'the draft, as drafts/2.root.json of the folder' }],
  options: [
    { flags: '--key <file>', help: 'the secret key to sign with', required: true },
    { flags: '--folder <folder>', help: 'a copy of the folder of the directory, where the draft does not lie in it' },
    { flags: '--out <file>', help: 'write the signature there' },
    { flags: '--yes', help: 'sign without asking' },
    passphraseOption,
  ],
  examples: ['comity directory sign dir/drafts/2.root.json --key om-root --out om.signature.json'],
  run: async (desk, args, flags) => (await import('../directory/keys.ts')).runDirectorySign(desk, args, flags),
}

export const directoryAddSignature: CommandDefinition = {
  path: ['directory', 'add-signature'],
  summary: 'Put signatures that were made elsewhere beside their draft',
  about: 'Each is checked first: it belongs to this draft, is right, and is of somebody whom the draft waits for.',
  arguments: [
    { name: '<folder>', help: 'the folder of the directory' },
    { name: '<signature...>', help: 'files that directory sign wrote' },
  ],
  options: [],
  examples: ['comity directory add-signature dir om.signature.json bka.signature.json'],
  run: async (desk, args, flags) => (await import('../directory/keys.ts')).runDirectoryAddSignature(desk, args, flags),
}

export const directoryInit: CommandDefinition = {
  path: ['directory', 'init'],
  summary: 'Draft a new directory of members from the public keys of its keepers',
  about:
    'Writes the drafts of the first root and of the first, empty list of members. The keepers sign both; then directory publish makes the directory.',
  arguments: [{ name: '<folder>', help: 'the folder to keep it in; empty or not there yet' }],
  options: [
    {
      flags: '--root <pub...>',
      help: 'public keys of the root, held offline by the founding agencies',
      required: true,
    },
    { flags: '--threshold <n>', help: `${thresholdHelp} for the root (default more than half)` },
    { flags: '--targets <pub...>', help: 'public keys for the list of members (default those of the root)' },
    { flags: '--targets-threshold <n>', help: `${thresholdHelp} for the list (default more than half)` },
    {
      flags: '--snapshot <pub...>',
      help: 'public keys of the snapshot, at hand where it is published',
      required: true,
    },
    { flags: '--snapshot-threshold <n>', help: `${thresholdHelp} (default 1)` },
    {
      flags: '--timestamp <pub...>',
      help: 'public keys of the timestamp, signed every hour by a machine',
      required: true,
    },
    { flags: '--timestamp-threshold <n>', help: `${thresholdHelp} (default 1)` },
    atOption,
  ],
  examples: [
    'comity directory init dir --root om.pub bka.pub doj.pub --threshold 2 --snapshot online.pub --timestamp hourly.pub',
  ],
  run: async (desk, args, flags) => (await import('../directory/drafts.ts')).runDirectoryInit(desk, args, flags),
}

export const directoryMember: CommandDefinition = {
  path: ['directory', 'member'],
  summary: 'Draft the adding, changing, suspending or removing of a member',
  about:
    'add and change take the card of the agency, which it has signed with each of its keys. suspend stops new exchanges and lets what is under way go on; remove ends all. The keepers of the role that lists the member sign the draft.',
  arguments: [
    { name: '<act>', help: 'add, change, suspend, resume, remove' },
    { name: '<folder>', help: 'the folder of the directory' },
    { name: '[agency]', help: 'the id of the agency; for add, the card says it' },
  ],
  options: [
    { flags: '--card <file>', help: 'the signed card of the agency' },
    { flags: '--role <role>', help: 'the role that lists it, as countries/nl (for add; default targets)' },
    ...grantOptions,
    atOption,
  ],
  examples: [
    'comity directory member add dir --card nl-om.card.json --role countries/nl --scope "*"',
    'comity directory member suspend dir nl-om',
  ],
  run: async (desk, args, flags) => (await import('../directory/drafts.ts')).runDirectoryMember(desk, args, flags),
}

export const directoryDelegate: CommandDefinition = {
  path: ['directory', 'delegate'],
  summary: 'Draft the handing of a part of the list to keepers of its own, as a country to its agencies',
  about:
    'A role countries/xx lists members of that country only, under the paths that its delegation names. Writes two drafts: the delegation, for the keepers who hand on, and the first version of the role, for its own keepers.',
  arguments: [
    { name: '<folder>', help: 'the folder of the directory' },
    { name: '<role>', help: 'the new role, as countries/nl' },
  ],
  options: [
    { flags: '--keys <pub...>', help: 'public keys of its keepers', required: true },
    { flags: '--threshold <n>', help: `${thresholdHelp} (default more than half)` },
    { flags: '--path <pattern...>', help: 'paths of the members that it may list: members/nl-*.json', required: true },
    { flags: '--by <role>', help: 'the role that hands on (default targets)' },
    { flags: '--not-terminating', help: 'ask further roles too where this one does not know an agency' },
    atOption,
  ],
  examples: [
    'comity directory delegate dir countries/nl --keys om.pub politie.pub fiod.pub --threshold 2 --path "members/nl-*.json"',
  ],
  run: async (desk, args, flags) => (await import('../directory/drafts.ts')).runDirectoryDelegate(desk, args, flags),
}

export const directoryRotate: CommandDefinition = {
  path: ['directory', 'rotate'],
  summary: 'Draft new keys or a new threshold for a role',
  about:
    'The keys of root, targets, snapshot and timestamp change in the next root, which the keepers before and the keepers after both sign, each up to their threshold. The keys of a delegated role change in the role that delegates to it. Without any change, the role is drafted again, to last longer.',
  arguments: [
    { name: '<folder>', help: 'the folder of the directory' },
    { name: '<role>', help: 'root, targets, snapshot, timestamp or a delegated role' },
  ],
  options: [
    { flags: '--add <pub...>', help: 'public keys to add' },
    { flags: '--remove <keyid...>', help: 'keys to remove, by their id or its first eight digits' },
    { flags: '--threshold <n>', help: `${thresholdHelp} (default as before)` },
    atOption,
  ],
  examples: ['comity directory rotate dir root --remove 3fa2c0de --add new-om.pub'],
  run: async (desk, args, flags) => (await import('../directory/drafts.ts')).runDirectoryRotate(desk, args, flags),
}

export const directoryPublish: CommandDefinition = {
  path: ['directory', 'publish'],
  summary: 'Publish the drafts that have all their signatures, with a new snapshot and timestamp',
  about:
    'First the folder is read as a node would read it afterwards; what a node would refuse is not published. A draft that still waits says for whom. The folder without drafts/ is what a web server shows to nodes.',
  arguments: [{ name: '<folder>', help: 'the folder of the directory' }],
  options: [
    keyOption,
    { flags: '--renew', help: 'a new snapshot also where nothing else is new' },
    { flags: '--hours <n>', help: 'how long the timestamp is good (default 1): how late a revocation may be heard of' },
    passphraseOption,
    atOption,
  ],
  examples: ['comity directory publish dir --key snapshot-key --key timestamp-key'],
  run: async (desk, args, flags) => (await import('../directory/publish.ts')).runDirectoryPublish(desk, args, flags),
}

export const directoryTimestamp: CommandDefinition = {
  path: ['directory', 'timestamp'],
  summary: 'Renew the timestamp: nothing has changed, and that is fresh',
  about:
    'Meant for a machine that does it more often than the timestamp lasts. Without a fresh one nodes begin no new exchange. Where several keys must sign, give each with --key.',
  arguments: [{ name: '<folder>', help: 'the folder of the directory' }],
  options: [
    { ...keyOption, required: true },
    { flags: '--hours <n>', help: 'how long it is good (default 1)' },
    passphraseOption,
    atOption,
  ],
  examples: ['comity directory timestamp dir --key timestamp-key'],
  run: async (desk, args, flags) => (await import('../directory/publish.ts')).runDirectoryTimestamp(desk, args, flags),
}

export const directoryShow: CommandDefinition = {
  path: ['directory', 'show'],
  summary: 'Show a directory with its keepers, members and drafts; or one draft',
  arguments: [{ name: '<path>', help: 'the folder of a directory, or a draft in it' }],
  options: [atOption],
  examples: ['comity directory show dir', 'comity directory show dir/drafts/2.root.json'],
  run: async (desk, args, flags) => (await import('../directory/publish.ts')).runDirectoryShow(desk, args, flags),
}

export const directoryVerify: CommandDefinition = {
  path: ['directory', 'verify'],
  summary: 'Read a directory as a node reads it, from its first root on',
  about:
    'Every signature, version, length, hash and date. The first root is believed because people have compared it: give its SHA-256 with --root-sha256, as it was read aloud at the founding, or the file that you kept with --root.',
  arguments: [{ name: '<folder>', help: 'a copy of the published directory' }],
  options: [
    { flags: '--root <file>', help: 'start from this root, which you have kept' },
    { flags: '--root-sha256 <hex>', help: 'refuse unless the root that is started from has this SHA-256' },
    atOption,
  ],
  examples: ['comity directory verify dir --root-sha256 5f2c…'],
  run: async (desk, args, flags) => (await import('../directory/publish.ts')).runDirectoryVerify(desk, args, flags),
}
