/**
 * Where the types of requests that packs name stand among the messages. Each names the message that carries it; what makes two
 * request types differ under one instrument stands in the body.
 */
export const messageOfRequestType: Readonly<Record<string, string>> = {
  'ACCOUNT.REQUEST': 'account.request',
  'ANNEX.REPLY': 'annex.iii',
  'CONFISCATE.REQUEST': 'confiscate.request',
  'CONTACT.QUERY': 'contact.query',
  'COST.PROPOSAL': 'cost.proposal',
  // CETS 224 art. 8: an order of the other country is given effect; the category of data says which.
  'DATA.EFFECT': 'data.produce',
  'DATA.EMERGENCY': 'data.emergency',
  'DATA.PRODUCE': 'data.produce',
  'DATA.PRODUCE_TRAFFIC': 'data.produce',
  'DECONF.CHECK': 'deconf.check',
  'DISPOSE.PROPOSE': 'dispose.propose',
  'DRAFT.REVIEW': 'draft.review',
  // Directive 2014/41: an investigation order is a letter of request with a form of its own.
  'EIO.REQUEST': 'mla.request',
  // Reg. 2023/1543 art. 16: the authority is asked to enforce what the provider did not do.
  'ENFORCE.REQUEST': 'mla.request',
  'FIU.REQUEST': 'fiu.request',
  'FIU.SUSPEND': 'fiu.suspend',
  'FREEZE.REQUEST': 'freeze.request',
  'HOLD.URGENT': 'hold.urgent',
  'INFO.SPONTANEOUS': 'info.spontaneous',
  'JIT.PROPOSE': 'jit.propose',
  'LIMIT.DURATION': 'limit.duration',
  'MLA.EMERGENCY': 'mla.request',
  'MLA.REQUEST': 'mla.request',
  'MONITOR.REQUEST': 'account.request',
  'NETWORK.NOTICE': 'network.notice',
  'PRESERVE.REQUEST': 'preserve.request',
  'SALE.CONSULT': 'sale.consult',
  'SEIZE.REQUEST': 'seize.request',
  'TRACE.REQUEST': 'trace.request',
  'TRAFFIC.DISCLOSE': 'traffic.disclose',
  'TRANSFER.NOTICE': 'transfer.notice',
  'VICTIM.DECISION': 'victim.decision',
}
