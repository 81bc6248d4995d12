import * as client from "@order-issue/client";
import smoke from "./smoke.cjs";

const [baseUrl, redirecting] = globalThis.process.env.SERVICES.split(" ");
console.log(await smoke(client, baseUrl, redirecting));
