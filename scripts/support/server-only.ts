// Scripts and tests run outside Next's bundler, where the real `server-only` package throws on import.
export {};
