/** What middleware.ts tells the pages about the request; written over anything a caller sent. */
export const nonceHeader = "x-nonce";
export const pathHeader = "x-portico-path";
