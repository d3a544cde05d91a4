// violates: stairs-cli
import '../node/start.ts'
