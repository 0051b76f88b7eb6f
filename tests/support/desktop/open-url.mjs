#!/usr/bin/env node
// The test desktop's default browser: hands the URL it was asked to open to the test, which acts as the person.
const [, , url] = process.argv;
await fetch(`http://127.0.0.1:${process.env.GRANTSCOPE_TEST_DESKTOP}/open`, { method: 'POST', body: url });
