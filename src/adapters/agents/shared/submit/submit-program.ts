/**
 * What an agent starts as MCP server `wavegate`: it hands its standard input and output to the socket on which the adapter
 * listens, and does nothing else, so that it starts in milliseconds and holds no rules. Types here come from inference
 * alone, which makes this file JavaScript, too, so that Node 20 can run it from source.
 */
import { connect } from "node:net";

const [path = "", token = ""] = (process.env["WAVEGATE_SUBMIT_TO"] ?? "").split("#");
const socket = connect(path);
const end = (code = 0) => process.exit(code);

socket.on("error", () => end(1));
socket.on("close", () => end());
socket.write(`${token}\n`);
process.stdin.pipe(socket);
socket.pipe(process.stdout);
process.stdout.on("error", () => end());
