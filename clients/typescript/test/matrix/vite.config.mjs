export default { logLevel: "error", build: { outDir: "vite", target: "safari16", lib: { entry: "main.mjs", formats: ["es"], fileName: "main" } } };
