// violates: stairs-io
import '../chains/index.ts'
