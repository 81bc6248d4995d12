import { QueryClientProvider } from "@tanstack/preact-query";
import { Router } from "wouter-preact";
import { cache } from "./data/client";
import { consolePath } from "./data/page";
import { Notices } from "./parts/Notices";
import { Gate } from "./shell/Gate";
import { Shell } from "./shell/Shell";

export function App() {
    return (
        <QueryClientProvider client={cache}>
            <Router base={consolePath}>
                <Gate><Shell /></Gate>
            </Router>
            <Notices />
        </QueryClientProvider>
    );
}
