import { defineConfig } from "@playwright/test";
import tests from "./playwright.config.js";

/** What is measured in a browser: one thing at a time, and nothing fails for being slow. */
export default defineConfig({ ...tests, testDir: "measures", testMatch: /\.ts$/, workers: 1, reporter: "dot", projects: [{ name: "measures" }] });
