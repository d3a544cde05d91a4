// violates: stairs-exchange
import '../workflows/index.ts'
