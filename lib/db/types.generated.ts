// Replaced by `npm run types`. Until then any table and function name is accepted.
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[];

type Row = Record<string, unknown>;

export type Database = {
  public: {
    Tables: Record<string, { Row: Row; Insert: Row; Update: Row; Relationships: [] }>;
    Views: Record<never, never>;
    Functions: Record<string, { Args: Record<string, unknown>; Returns: Json }>;
    Enums: Record<never, never>;
    CompositeTypes: Record<never, never>;
  };
};
