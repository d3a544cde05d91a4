// violates: stairs-casework
import '../workflows/index.ts'
