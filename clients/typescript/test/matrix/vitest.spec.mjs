import * as client from "@order-issue/client";
import { expect, test } from "vitest";
import smoke from "./smoke.cjs";

test("the client", async () => expect(await smoke(client, ...process.env.SERVICES.split(" "))).toBe(process.env.EXPECTED), 60_000);
