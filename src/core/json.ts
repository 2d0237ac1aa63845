/** What can be journaled, stored and sent: plain JSON, nothing with behaviour. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };
