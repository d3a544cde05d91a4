// violates: no-cycles
import './cycle-b.ts'
