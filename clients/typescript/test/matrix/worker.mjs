import * as client from "@order-issue/client";
import smoke from "./smoke.cjs";

export default {
    async fetch(_, { SERVICES }) {
        return new Response(await smoke(client, ...SERVICES.split(" ")).catch(error => String(error.cause ?? error)));
    },
};
