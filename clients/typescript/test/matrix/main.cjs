const client = require("@order-issue/client");
const smoke = require("./smoke.cjs");

smoke(client, ...process.env.SERVICES.split(" ")).then(console.log);
