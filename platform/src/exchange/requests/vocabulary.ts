/** Which measure each type of message asks for, in the words of the law that casework uses. */
import type { Measure } from '../../casework/index.ts'

export const measureOf: Readonly<Record<string, Measure>> = {
  'preserve.request': 'PRESERVE',
  'hold.urgent': 'HOLD_TX',
  'fiu.suspend': 'HOLD_TX',
  'freeze.request': 'FREEZE_SPECIFIC',
  'seize.request': 'SEIZE_CUSTODY',
  'confiscate.request': 'CONFISCATE_SPECIFIC',
  'data.produce': 'ACCOUNT_INFO',
  'data.emergency': 'ACCOUNT_INFO',
  'account.request': 'ACCOUNT_INFO',
  'trace.request': 'TRACE_INFO',
  'traffic.disclose': 'TX_INFO',
  'sale.consult': 'SALE',
  'victim.decision': 'RETURN',
  'dispose.propose': 'SHARE',
}

/** The same measure by the worth of the property, and not of this very property. */
export const valueMeasures: Readonly<Partial<Record<Measure, Measure>>> = {
  FREEZE_SPECIFIC: 'FREEZE_VALUE',
  CONFISCATE_SPECIFIC: 'CONFISCATE_VALUE',
}

export const byValueMeasures: readonly Measure[] = Object.values(valueMeasures)
