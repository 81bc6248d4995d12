import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, it } from "node:test";
import { verifyWebhook, type WebhookHeaders, WebhookVerificationError } from "@order-issue/client";
import { Webhook } from "standardwebhooks";

const [secret, other] = ["MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "C2FVsBQIhrscChlQIMV+b5sSYspob7oD"].map(key => `whsec_${key}`) as [string, string];
const event = {
    sequence: 4711, type: "order_issue.created", timestamp: "2026-11-28T12:00:00.000Z",
    data: { issueId: "1600001", OrderId: "ü 日本 🙂", source: "email", version: 0, status: "open", resolved: false, changed: [] },
};
const body = JSON.stringify(event);
const id = "evt_4711";

/** Headers as the judge signs them, that many seconds from now. */
function signed({ seconds = 0, text = body, secrets = [secret] } = {}): Record<string, string> {
    const at = new Date(Date.now() + seconds * 1000);
    return {
        "webhook-id": id,
        "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
        "webhook-signature": secrets.map(secret => new Webhook(secret).sign(id, at, text)).join(" "),
    };
}

async function failsAs(code: string, ...call: Parameters<typeof verifyWebhook>): Promise<void> {
    await assert.rejects(verifyWebhook(...call), error => error instanceof WebhookVerificationError && error.name === "WebhookVerificationError" && error.code === code);
}

describe("A webhook", () => {
    for (const [name, shape] of Object.entries<(headers: Record<string, string>) => WebhookHeaders>({
        "as fetch has them": headers => new Headers(headers),
        "as Node has them": headers => headers,
        "in any case": headers => Object.fromEntries(Object.entries(headers).map(([key, value]) => [key.replace(/(^|-)./g, letter => letter.toUpperCase()), value])),
        "as lists": headers => Object.fromEntries(Object.entries(headers).map(([key, value]) => [key, [value]])),
        "beside others": headers => ({ accept: undefined, "set-cookie": ["a", "b"], ...headers, "x-webhook-id": "another" }),
    })) {
        it(`is verified with headers ${name}`, async () => assert.deepEqual(await verifyWebhook(shape(signed()), body, secret), event));
    }

    for (const [name, bytes] of Object.entries({
        "a text": body,
        "a Buffer, which is a part of its memory": Buffer.concat([Buffer.from(body)]),
        "an Uint8Array": new TextEncoder().encode(body),
        "an ArrayBuffer": new TextEncoder().encode(body).buffer as ArrayBuffer,
    })) {
        it(`is verified with a body that is ${name}`, async () => assert.deepEqual(await verifyWebhook(signed(), bytes, secret), event));
    }

    it("comes over Node's HTTP, with several signatures in one header or in two", async t => {
        const results: unknown[] = [];
        const server = createServer(async (incoming, answer) => {
            const bytes = Buffer.concat(await incoming.toArray());
            results.push(await verifyWebhook(incoming.headers, bytes, secret), await verifyWebhook(incoming.headersDistinct, bytes, secret));
            answer.end();
        }).listen(0, "127.0.0.1");
        await once(server, "listening");
        t.after(() => server.close());
        const headers = signed({ secrets: [other, secret] });
        for (const signature of [headers["webhook-signature"]!, headers["webhook-signature"]!.split(" ")]) {
            const { port } = server.address() as AddressInfo;
            const sent = request({ port, method: "POST", headers: { ...headers, "webhook-signature": signature } });
            sent.end(body);
            await once(sent, "response");
        }

        assert.deepEqual(results, [event, event, event, event]);
    });

    it("is verified while one secret is exchanged for another, on either side first", async () => {
        for (const secrets of [`${other} ${secret}`, [other, secret], ` ${secret}\n${other} `, [`${other} ${secret}`]]) {
            assert.deepEqual(await verifyWebhook(signed(), body, secrets), event);
        }

        assert.deepEqual(await verifyWebhook(signed({ secrets: [other, secret] }), body, secret), event);
        await failsAs("wrong_signature", signed({ secrets: [other] }), body, secret);
    });

    it("isn't verified if anything of it is another", async () => {
        const headers = signed();
        const signature = headers["webhook-signature"] ?? "";
        await failsAs("wrong_signature", headers, `${body} `, secret);
        await failsAs("wrong_signature", { ...headers, "webhook-id": "evt_4712" }, body, secret);
        await failsAs("wrong_signature", { ...headers, "webhook-timestamp": String(Number(headers["webhook-timestamp"]) + 1) }, body, secret);
        for (const wrong of ["v1,", "v1", ",", "v1,!", "v1,日", signature.slice(0, -4), signature.replace("v1,", "v2,"), signature.replace("v1,", "v1a,"), signature.slice(3)]) {
            await failsAs("wrong_signature", { ...headers, "webhook-signature": wrong }, body, secret);
        }
    });

    it("finds its signature among those of other versions and malformed ones", async () => {
        const headers = signed();
        const signatures = `v1a,AAAA v1,! v2,AAAA v1 v1,AAAA ${headers["webhook-signature"]}`;
        assert.deepEqual(await verifyWebhook({ ...headers, "webhook-signature": signatures }, body, secret), event);
    });

    for (const name of ["webhook-id", "webhook-timestamp", "webhook-signature"]) {
        it(`isn't verified without ${name}`, async () => {
            for (const value of [undefined, "", []]) {
                await failsAs("missing_header", { ...signed(), [name]: value }, body, secret);
            }

            await failsAs("missing_header", new Headers(Object.entries(signed()).filter(([key]) => key !== name)), body, secret);
        });
    }

    for (const seconds of [-290, 290]) {
        it(`may be signed ${seconds} seconds from now, as the judge takes it too`, async () => {
            assert.deepEqual(await verifyWebhook(signed({ seconds }), body, secret), event);
            assert.deepEqual(new Webhook(secret).verify(body, signed({ seconds })), event);
        });
    }

    for (const seconds of [-310, 310]) {
        it(`mustn't be signed ${seconds} seconds from now, unless that is tolerated`, async () => {
            await failsAs("stale_timestamp", signed({ seconds }), body, secret);
            assert.throws(() => new Webhook(secret).verify(body, signed({ seconds })));
            assert.deepEqual(await verifyWebhook(signed({ seconds }), body, secret, { toleranceMs: 320_000 }), event);
            await failsAs("stale_timestamp", signed({ seconds: seconds / 10 }), body, secret, { toleranceMs: 20_000 });
        });
    }

    for (const timestamp of ["soon", "-1", "1e9", "Infinity", "9".repeat(400), "2026-11-28T12:00:00Z", `${Math.floor(Date.now() / 1000)}.5`, "1 2"]) {
        it(`has no time like "${timestamp.slice(0, 20)}"`, () => failsAs("stale_timestamp", { ...signed(), "webhook-timestamp": timestamp }, body, secret));
    }

    it("brings no event if it is a trial", async () => {
        const text = '{"type":"webhook.ping","timestamp":"2026-11-28T12:00:00.000Z","data":{}}';
        assert.equal(await verifyWebhook(signed({ text }), text, secret), undefined);
        await failsAs("wrong_signature", signed(), text, secret);
    });

    for (const text of ["", "null", "1", '"a"', "{", "[]", "{}", '{"type":"order_issue.created"}']) {
        it(`isn't an event: ${text || "nothing"}`, () => failsAs("malformed_body", signed({ text }), text, secret));
    }

    for (const wrong of ["", " ", "whsec_", "whsec_!", secret.slice(6), `${secret} ${secret.slice(6)}`, [], [""], undefined, null, 1]) {
        it(`isn't looked at with a secret like ${JSON.stringify(wrong)}, which the error doesn't tell`, () =>
            assert.rejects(verifyWebhook(signed(), body, wrong as string), error => error instanceof TypeError && !error.message.includes(secret.slice(6))));
    }

    for (const parsed of [event, undefined, null, 1]) {
        it(`isn't verified with what was parsed of its body: ${typeof parsed}`, () => assert.rejects(verifyWebhook(signed(), parsed as unknown as string, secret), /TypeError: .*as it came/));
    }

    it("says what is missing where there is no Web Crypto", async t => {
        t.mock.getter(globalThis, "crypto", () => ({}) as Crypto);
        await assert.rejects(verifyWebhook(signed(), body, secret), /TypeError: .*crypto\.subtle/);
    });
});
