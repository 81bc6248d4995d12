import type { CustomerData, EraseCustomerDataRequest } from "@order-issue/client";
import { cache, client } from "./client";

export async function readCustomer(email: string): Promise<CustomerData> {
    return (await client.exportCustomerData({ email }, { timeoutMs: 30_000, deadlineMs: 60_000 })).data;
}

/** Erases a customer's data, call by call until there is none. Tells how many issues are done. */
export async function eraseCustomer(
    request: EraseCustomerDataRequest, onProgress: (erased: number) => void,
): Promise<{ erased: number; failed: number }> {
    let erased = 0;
    for (; ;) {
        const { data, more } = await client.eraseCustomerData(request, { timeoutMs: 35_000, deadlineMs: 120_000, retries: 4 });
        const failed = data.filter(entry => !entry.ok).length;
        erased += data.length - failed;
        onProgress(erased);
        if (!more || failed > 0) {
            await cache.invalidateQueries();
            return { erased, failed };
        }
    }
}
