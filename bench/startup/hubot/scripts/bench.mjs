// Description:
//   What the benchmark says to Hubot.
// Commands:
//   hubot bench ping - answers
//   hubot bench run NUMBER - runs a program that does nothing, and tells how it ended
import { execFile } from 'node:child_process'

export default robot => {
  robot.respond(/bench ping$/, response => response.send('bench pong'))
  robot.respond(/bench run (\d+)$/, response => {
    const number = response.match[1]
    execFile('/bin/true', [number], error => response.send(`bench run ${number} ${error ? 'failed' : 'done'}`))
  })
}
