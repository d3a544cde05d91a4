/** Counters and times of the node for Prometheus. Labels are names of our own vocabularies: never an id, never a name. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export type Metrics = ReturnType<typeof openMetrics>

export function openMetrics() {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const actions = new Counter({
    name: 'comity_actions_total',
    help: 'Actions by name and outcome',
    labelNames: ['action', 'outcome'],
    registers,
  })
  const actionTime = new Histogram({
    name: 'comity_action_seconds',
    help: 'Time of an action, commit included',
    labelNames: ['action'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers,
  })
  const decisionTime = new Histogram({
    name: 'comity_policy_decision_seconds',
    help: 'Time of a decision of the policies',
    buckets: [0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.1],
    registers,
  })
  const policyFaults = new Counter({
    name: 'comity_policy_faults_total',
    help: 'Decisions that meant no because something was wrong with the question',
    registers,
  })
  const journalSize = new Gauge({ name: 'comity_journal_size', help: 'Leaves of the published journal', registers })
  const journalFaults = new Counter({
    name: 'comity_journal_faults_total',
    help: 'Failed attempts to publish the journal',
    registers,
  })
  const vaultFlaws = new Counter({
    name: 'comity_vault_flaws_total',
    help: 'Files of the vault that a nightly check found not to be what was sealed',
    registers,
  })
  const anchors = new Counter({
    name: 'comity_anchors_total',
    help: 'Stamps asked of time-stamping authorities on checkpoints of the journal, by outcome',
    labelNames: ['authority', 'outcome'],
    registers,
  })
  const jobFaults = new Counter({
    name: 'comity_job_faults_total',
    help: 'Single things that a job could not do, and went on',
    labelNames: ['job'],
    registers,
  })
  const followed = new Gauge({
    name: 'comity_follow_height',
    help: 'Height to which a chain was followed',
    labelNames: ['chain'],
    registers,
  })
  const tip = new Gauge({
    name: 'comity_follow_tip',
    help: 'Height of the tip of a chain that is followed, as its server says',
    labelNames: ['chain'],
    registers,
  })
  const messages = new Counter({
    name: 'comity_messages_total',
    help: 'Messages between nodes: what became of ours (out), how those of others were answered (in)',
    labelNames: ['way', 'outcome'],
    registers,
  })
  const exchangeRefusals = new Counter({
    name: 'comity_exchange_refusals_total',
    help: 'What was refused that came from another node, by code',
    labelNames: ['code'],
    registers,
  })
  const cosignatures = new Counter({
    name: 'comity_cosignatures_total',
    help: 'Requests to witnesses to cosign the journal of this node, by outcome',
    labelNames: ['outcome'],
    registers,
  })
  const journalAlarms = new Counter({
    name: 'comity_journal_alarms_total',
    help: 'Journals of others that told two stories or could not be followed, proofs that were wrong, cosignatures that are missing',
    labelNames: ['what'],
    registers,
  })
  return {
    registry,
    anchors,
    actions,
    actionTime,
    decisionTime,
    policyFaults,
    journalSize,
    journalFaults,
    vaultFlaws,
    jobFaults,
    followed,
    tip,
    messages,
    exchangeRefusals,
    cosignatures,
    journalAlarms,
  }
}
