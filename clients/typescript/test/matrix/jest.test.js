const client = require("@order-issue/client");
const smoke = require("./smoke.cjs");

test("the client", async () => expect(await smoke(client, ...process.env.SERVICES.split(" "))).toBe(process.env.EXPECTED), 60_000);
