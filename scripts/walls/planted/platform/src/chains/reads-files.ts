// violates: rules-use-no-node-module
import 'node:fs'
