import { fileURLToPath } from "node:url";
import preact from "@preact/preset-vite";
import { defineConfig } from "vite";

const service = process.env["SERVICE_URL"] ?? "http://localhost:5080";

// The page says where it is served (`<base>`), so that all of its files are named relative to it, also under a prefix.
export default defineConfig({
    base: "./",
    plugins: [preact()],
    resolve: { alias: { "@order-issue/client": fileURLToPath(new URL("../typescript/src/index.ts", import.meta.url)) } },
    build: {
        outDir: fileURLToPath(new URL("../../src/WebApi/wwwroot/console", import.meta.url)),
        emptyOutDir: true,
        target: ["es2022", "safari17"],
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        manifest: true,
    },
    server: { proxy: { "^/(api|health|swagger)": service } },
});
