// Written by `npm run types` from supabase/migrations. Do not edit.
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "public": {
          Tables: {
            "auth_sessions": {
                  Row: {
                    "ended_at": string | null,"ip_hint": string | null,"last_seen_at": string,"session_id": string,"started_at": string,"user_agent": string | null,"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "ended_at"?: string | null,"ip_hint"?: string | null,"last_seen_at"?: string,"session_id": string,"started_at"?: string,"user_agent"?: string | null,"user_id": string
                  }
                  Update: {
                    "ended_at"?: string | null,"ip_hint"?: string | null,"last_seen_at"?: string,"session_id"?: string,"started_at"?: string,"user_agent"?: string | null,"user_id"?: string
                  }
                  Relationships: [
                    
                  ]
                },"client_programs": {
                  Row: {
                    "client_id": string,"is_enabled": boolean,"program": string,"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "client_id": string,"is_enabled"?: boolean,"program": string,"updated_at"?: string
                  }
                  Update: {
                    "client_id"?: string,"is_enabled"?: boolean,"program"?: string,"updated_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "client_programs_client_id_fkey"
      columns: ["client_id"]
isOneToOne: false
      referencedRelation: "clients"
      referencedColumns: ["id"]
    }
                  ]
                },"clients": {
                  Row: {
                    "brand_color": string,"created_at": string,"currency": string,"id": string,"locale": string,"logo_path": string | null,"name": string,"slug": string,"time_zone": string,"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "brand_color"?: string,"created_at"?: string,"currency"?: string,"id"?: string,"locale"?: string,"logo_path"?: string | null,"name": string,"slug": string,"time_zone"?: string,"updated_at"?: string
                  }
                  Update: {
                    "brand_color"?: string,"created_at"?: string,"currency"?: string,"id"?: string,"locale"?: string,"logo_path"?: string | null,"name"?: string,"slug"?: string,"time_zone"?: string,"updated_at"?: string
                  }
                  Relationships: [
                    
                  ]
                },"core_audit_log": {
                  Row: {
                    "action": string,"actor": string,"actor_user_id": string | null,"after": Json | null,"before": Json | null,"client_id": string,"created_at": string,"id": string,"impersonator_user_id": string | null,"request_id": string | null,"row_key": string,"table_name": string
                  }
                  ComputedFields: never
                  Insert: {
                    "action": string,"actor": string,"actor_user_id"?: string | null,"after"?: Json | null,"before"?: Json | null,"client_id": string,"created_at"?: string,"id"?: string,"impersonator_user_id"?: string | null,"request_id"?: string | null,"row_key": string,"table_name": string
                  }
                  Update: {
                    "action"?: string,"actor"?: string,"actor_user_id"?: string | null,"after"?: Json | null,"before"?: Json | null,"client_id"?: string,"created_at"?: string,"id"?: string,"impersonator_user_id"?: string | null,"request_id"?: string | null,"row_key"?: string,"table_name"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "core_audit_log_client_id_fkey"
      columns: ["client_id"]
isOneToOne: false
      referencedRelation: "clients"
      referencedColumns: ["id"]
    }
                  ]
                },"core_dead_jobs": {
                  Row: {
                    "attempts": number,"client_id": string,"died_at": string,"error": string | null,"id": string,"job_id": number,"job_key": string | null,"max_attempts": number,"payload": NonNullable<Json>,"queue": string | null,"queued_at": string,"retried_at": string | null,"state": string,"task": string,"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "attempts": number,"client_id": string,"died_at"?: string,"error"?: string | null,"id"?: string,"job_id": number,"job_key"?: string | null,"max_attempts": number,"payload": NonNullable<Json>,"queue"?: string | null,"queued_at": string,"retried_at"?: string | null,"state"?: string,"task": string,"updated_at"?: string
                  }
                  Update: {
                    "attempts"?: number,"client_id"?: string,"died_at"?: string,"error"?: string | null,"id"?: string,"job_id"?: number,"job_key"?: string | null,"max_attempts"?: number,"payload"?: NonNullable<Json>,"queue"?: string | null,"queued_at"?: string,"retried_at"?: string | null,"state"?: string,"task"?: string,"updated_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "core_dead_jobs_client_id_fkey"
      columns: ["client_id"]
isOneToOne: false
      referencedRelation: "clients"
      referencedColumns: ["id"]
    }
                  ]
                },"core_email_events": {
                  Row: {
                    "client_id": string,"created_at": string,"email_id": string,"id": string,"kind": string,"occurred_at": string,"provider_event_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "client_id": string,"created_at"?: string,"email_id": string,"id"?: string,"kind": string,"occurred_at": string,"provider_event_id": string
                  }
                  Update: {
                    "client_id"?: string,"created_at"?: string,"email_id"?: string,"id"?: string,"kind"?: string,"occurred_at"?: string,"provider_event_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "core_email_events_client_id_fkey"
      columns: ["client_id"]
isOneToOne: false
      referencedRelation: "clients"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "core_email_events_email_id_fkey"
      columns: ["client_id","email_id"]
isOneToOne: false
      referencedRelation: "core_emails"
      referencedColumns: ["client_id","id"]
    }
                  ]
                },"core_email_suppressions": {
                  Row: {
                    "address": string,"client_id": string,"created_at": string,"email_id": string | null,"id": string,"reason": string
                  }
                  ComputedFields: never
                  Insert: {
                    "address": string,"client_id": string,"created_at"?: string,"email_id"?: string | null,"id"?: string,"reason": string
                  }
                  Update: {
                    "address"?: string,"client_id"?: string,"created_at"?: string,"email_id"?: string | null,"id"?: string,"reason"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "core_email_suppressions_client_id_fkey"
      columns: ["client_id"]
isOneToOne: false
      referencedRelation: "clients"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "core_email_suppressions_email_id_fkey"
      columns: ["client_id","email_id"]
isOneToOne: false
      referencedRelation: "core_emails"
      referencedColumns: ["client_id","id"]
    }
                  ]
                },"core_emails": {
                  Row: {
                    "attempts": number,"client_id": string,"complained_at": string | null,"created_at": string,"dedupe_key": string,"error_code": string | null,"id": string,"is_essential": boolean,"person_id": string | null,"provider_id": string | null,"sends": number,"sent_at": string | null,"settled_at": string | null,"state": string,"subject": string,"to_address": string,"type": string,"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "attempts"?: number,"client_id": string,"complained_at"?: string | null,"created_at"?: string,"dedupe_key": string,"error_code"?: string | null,"id"?: string,"is_essential"?: boolean,"person_id"?: string | null,"provider_id"?: string | null,"sends"?: number,"sent_at"?: string | null,"settled_at"?: string | null,"state"?: string,"subject": string,"to_address": string,"type": string,"updated_at"?: string
                  }
                  Update: {
                    "attempts"?: number,"client_id"?: string,"complained_at"?: string | null,"created_at"?: string,"dedupe_key"?: string,"error_code"?: string | null,"id"?: string,"is_essential"?: boolean,"person_id"?: string | null,"provider_id"?: string | null,"sends"?: number,"sent_at"?: string | null,"settled_at"?: string | null,"state"?: string,"subject"?: string,"to_address"?: string,"type"?: string,"updated_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "core_emails_client_id_fkey"
      columns: ["client_id"]
isOneToOne: false
      referencedRelation: "clients"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "core_emails_person_id_fkey"
      columns: ["client_id","person_id"]
isOneToOne: false
      referencedRelation: "people"
      referencedColumns: ["client_id","id"]
    }
                  ]
                },"core_event_deliveries": {
                  Row: {
                    "client_id": string,"created_at": string,"done_at": string | null,"event_id": string,"handler": string,"id": string,"state": string,"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "client_id": string,"created_at"?: string,"done_at"?: string | null,"event_id": string,"handler": string,"id"?: string,"state"?: string,"updated_at"?: string
                  }
                  Update: {
                    "client_id"?: string,"created_at"?: string,"done_at"?: string | null,"event_id"?: string,"handler"?: string,"id"?: string,"state"?: string,"updated_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "core_event_deliveries_client_id_fkey"
      columns: ["client_id"]
isOneToOne: false
      referencedRelation: "clients"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "core_event_deliveries_event_id_fkey"
      columns: ["client_id","event_id"]
isOneToOne: false
      referencedRelation: "core_events"
      referencedColumns: ["client_id","id"]
    }
                  ]
                },"core_events": {
                  Row: {
                    "actor_user_id": string | null,"client_id": string,"created_at": string,"id": string,"name": string,"payload": NonNullable<Json>,"request_id": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "actor_user_id"?: string | null,"client_id": string,"created_at"?: string,"id"?: string,"name": string,"payload"?: NonNullable<Json>,"request_id"?: string | null
                  }
                  Update: {
                    "actor_user_id"?: string | null,"client_id"?: string,"created_at"?: string,"id"?: string,"name"?: string,"payload"?: NonNullable<Json>,"request_id"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "core_events_client_id_fkey"
      columns: ["client_id"]
isOneToOne: false
      referencedRelation: "clients"
      referencedColumns: ["id"]
    }
                  ]
                },"core_files": {
                  Row: {
                    "bytes": number,"checked_at": string | null,"client_id": string,"completed_at": string | null,"content_type": string,"created_at": string,"deleted_at": string | null,"id": string,"name": string,"purpose": string,"rejected_reason": string | null,"scan": string | null,"sniffed_type": string | null,"state": string,"updated_at": string,"uploaded_by": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "bytes": number,"checked_at"?: string | null,"client_id": string,"completed_at"?: string | null,"content_type": string,"created_at"?: string,"deleted_at"?: string | null,"id"?: string,"name": string,"purpose": string,"rejected_reason"?: string | null,"scan"?: string | null,"sniffed_type"?: string | null,"state"?: string,"updated_at"?: string,"uploaded_by"?: string | null
                  }
                  Update: {
                    "bytes"?: number,"checked_at"?: string | null,"client_id"?: string,"completed_at"?: string | null,"content_type"?: string,"created_at"?: string,"deleted_at"?: string | null,"id"?: string,"name"?: string,"purpose"?: string,"rejected_reason"?: string | null,"scan"?: string | null,"sniffed_type"?: string | null,"state"?: string,"updated_at"?: string,"uploaded_by"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "core_files_client_id_fkey"
      columns: ["client_id"]
isOneToOne: false
      referencedRelation: "clients"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "core_files_uploaded_by_fkey"
      columns: ["client_id","uploaded_by"]
isOneToOne: false
      referencedRelation: "people"
      referencedColumns: ["client_id","id"]
    }
                  ]
                },"core_notification_preferences": {
                  Row: {
                    "client_id": string,"created_at": string,"email": boolean,"in_app": boolean,"person_id": string,"type": string,"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "client_id": string,"created_at"?: string,"email"?: boolean,"in_app"?: boolean,"person_id": string,"type": string,"updated_at"?: string
                  }
                  Update: {
                    "client_id"?: string,"created_at"?: string,"email"?: boolean,"in_app"?: boolean,"person_id"?: string,"type"?: string,"updated_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "core_notification_preferences_client_id_fkey"
      columns: ["client_id"]
isOneToOne: false
      referencedRelation: "clients"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "core_notification_preferences_person_id_fkey"
      columns: ["client_id","person_id"]
isOneToOne: false
      referencedRelation: "people"
      referencedColumns: ["client_id","id"]
    }
                  ]
                },"core_notifications": {
                  Row: {
                    "client_id": string,"created_at": string,"data": NonNullable<Json>,"dedupe_key": string,"id": string,"person_id": string,"read_at": string | null,"type": string
                  }
                  ComputedFields: never
                  Insert: {
                    "client_id": string,"created_at"?: string,"data"?: NonNullable<Json>,"dedupe_key": string,"id"?: string,"person_id": string,"read_at"?: string | null,"type": string
                  }
                  Update: {
                    "client_id"?: string,"created_at"?: string,"data"?: NonNullable<Json>,"dedupe_key"?: string,"id"?: string,"person_id"?: string,"read_at"?: string | null,"type"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "core_notifications_client_id_fkey"
      columns: ["client_id"]
isOneToOne: false
      referencedRelation: "clients"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "core_notifications_person_id_fkey"
      columns: ["client_id","person_id"]
isOneToOne: false
      referencedRelation: "people"
      referencedColumns: ["client_id","id"]
    }
                  ]
                },"core_state_history": {
                  Row: {
                    "actor": string,"actor_user_id": string | null,"client_id": string,"created_at": string,"entity": string,"from_state": string | null,"id": string,"request_id": string | null,"row_id": string,"to_state": string
                  }
                  ComputedFields: never
                  Insert: {
                    "actor": string,"actor_user_id"?: string | null,"client_id": string,"created_at"?: string,"entity": string,"from_state"?: string | null,"id"?: string,"request_id"?: string | null,"row_id": string,"to_state": string
                  }
                  Update: {
                    "actor"?: string,"actor_user_id"?: string | null,"client_id"?: string,"created_at"?: string,"entity"?: string,"from_state"?: string | null,"id"?: string,"request_id"?: string | null,"row_id"?: string,"to_state"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "core_state_history_client_id_fkey"
      columns: ["client_id"]
isOneToOne: false
      referencedRelation: "clients"
      referencedColumns: ["id"]
    }
                  ]
                },"invitations": {
                  Row: {
                    "accepted_at": string | null,"accepted_by": string | null,"client_id": string,"created_at": string,"email": string | null,"expires_at": string,"id": string,"invited_by": string | null,"last_sent_at": string,"person_id": string,"role_id": string,"sent_count": number,"state": string,"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "accepted_at"?: string | null,"accepted_by"?: string | null,"client_id": string,"created_at"?: string,"email"?: string | null,"expires_at": string,"id"?: string,"invited_by"?: string | null,"last_sent_at"?: string,"person_id": string,"role_id": string,"sent_count"?: number,"state"?: string,"updated_at"?: string
                  }
                  Update: {
                    "accepted_at"?: string | null,"accepted_by"?: string | null,"client_id"?: string,"created_at"?: string,"email"?: string | null,"expires_at"?: string,"id"?: string,"invited_by"?: string | null,"last_sent_at"?: string,"person_id"?: string,"role_id"?: string,"sent_count"?: number,"state"?: string,"updated_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "invitations_client_id_fkey"
      columns: ["client_id"]
isOneToOne: false
      referencedRelation: "clients"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "invitations_person_fkey"
      columns: ["client_id","person_id"]
isOneToOne: false
      referencedRelation: "people"
      referencedColumns: ["client_id","id"]
    },{
      foreignKeyName: "invitations_role_id_fkey"
      columns: ["role_id"]
isOneToOne: false
      referencedRelation: "roles"
      referencedColumns: ["id"]
    }
                  ]
                },"loyalty_account_reveals": {
                  Row: {
                    "account_id": string,"client_id": string,"created_at": string,"id": string,"reason": string,"revealed_by": string
                  }
                  ComputedFields: never
                  Insert: {
                    "account_id": string,"client_id": string,"created_at"?: string,"id"?: string,"reason": string,"revealed_by"?: string
                  }
                  Update: {
                    "account_id"?: string,"client_id"?: string,"created_at"?: string,"id"?: string,"reason"?: string,"revealed_by"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "loyalty_account_reveals_account_id_fkey"
      columns: ["client_id","account_id"]
isOneToOne: false
      referencedRelation: "loyalty_payout_accounts"
      referencedColumns: ["client_id","id"]
    },{
      foreignKeyName: "loyalty_account_reveals_client_id_fkey"
      columns: ["client_id"]
isOneToOne: false
      referencedRelation: "clients"
      referencedColumns: ["id"]
    }
                  ]
                },"loyalty_adjustments": {
                  Row: {
                    "amount": number,"client_id": string,"created_at": string,"created_by": string | null,"creator_id": string,"effective_on": string,"id": string,"kind": string,"reason": string,"reverses_id": string | null,"units": number
                  }
                  ComputedFields: never
                  Insert: {
                    "amount"?: number,"client_id": string,"created_at"?: string,"created_by"?: string | null,"creator_id": string,"effective_on": string,"id"?: string,"kind": string,"reason": string,"reverses_id"?: string | null,"units"?: number
                  }
                  Update: {
                    "amount"?: number,"client_id"?: string,"created_at"?: string,"created_by"?: string | null,"creator_id"?: string,"effective_on"?: string,"id"?: string,"kind"?: string,"reason"?: string,"reverses_id"?: string | null,"units"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "loyalty_adjustments_client_id_fkey"
      columns: ["client_id"]
isOneToOne: false
      referencedRelation: "clients"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "loyalty_adjustments_creator_id_fkey"
      columns: ["client_id","creator_id"]
isOneToOne: false
      referencedRelation: "loyalty_creators"
      referencedColumns: ["client_id","id"]
    },{
      foreignKeyName: "loyalty_adjustments_reverses_id_fkey"
      columns: ["client_id","reverses_id"]
isOneToOne: true
      referencedRelation: "loyalty_adjustments"
      referencedColumns: ["client_id","id"]
    }
                  ]
                },"loyalty_boosts": {
                  Row: {
                    "activated_at": string | null,"cancelled_at": string | null,"cleared_at": string | null,"clears_on": string | null,"client_id": string,"creator_id": string,"days": number,"earned_amount": number | null,"ends_at": string,"expired_at": string | null,"final_amount": number | null,"final_sales": number | null,"first_on": string,"id": string,"last_on": string,"paid_at": string | null,"rate_bp": number,"redemption_id": string,"settled_at": string | null,"settled_sales": number | null,"starts_at": string,"state": string,"tier_commission_bp": number,"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "activated_at"?: string | null,"cancelled_at"?: string | null,"cleared_at"?: string | null,"clears_on"?: string | null,"client_id": string,"creator_id": string,"days": number,"earned_amount"?: number | null,"ends_at": string,"expired_at"?: string | null,"final_amount"?: number | null,"final_sales"?: number | null,"first_on": string,"id"?: string,"last_on": string,"paid_at"?: string | null,"rate_bp": number,"redemption_id": string,"settled_at"?: string | null,"settled_sales"?: number | null,"starts_at": string,"state"?: string,"tier_commission_bp": number,"updated_at"?: string
                  }
                  Update: {
                    "activated_at"?: string | null,"cancelled_at"?: string | null,"cleared_at"?: string | null,"clears_on"?: string | null,"client_id"?: string,"creator_id"?: string,"days"?: number,"earned_amount"?: number | null,"ends_at"?: string,"expired_at"?: string | null,"final_amount"?: number | null,"final_sales"?: number | null,"first_on"?: string,"id"?: string,"last_on"?: string,"paid_at"?: string | null,"rate_bp"?: number,"redemption_id"?: string,"settled_at"?: string | null,"settled_sales"?: number | null,"starts_at"?: string,"state"?: string,"tier_commission_bp"?: number,"updated_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "loyalty_boosts_client_id_fkey"
      columns: ["client_id"]
isOneToOne: false
      referencedRelation: "clients"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "loyalty_boosts_creator_id_fkey"
      columns: ["client_id","creator_id"]
isOneToOne: false
      referencedRelation: "loyalty_creators"
      referencedColumns: ["client_id","id"]
    },{
      foreignKeyName: "loyalty_boosts_redemption_id_fkey"
      columns: ["client_id","redemption_id","creator_id"]
isOneToOne: true
      referencedRelation: "loyalty_redemptions"
      referencedColumns: ["client_id","id","creator_id"]
    }
                  ]
                },"loyalty_creator_tags": {
                  Row: {
                    "client_id": string,"created_at": string,"creator_id": string,"tag": string
                  }
                  ComputedFields: never
                  Insert: {
                    "client_id": string,"created_at"?: string,"creator_id": string,"tag": string
                  }
                  Update: {
                    "client_id"?: string,"created_at"?: string,"creator_id"?: string,"tag"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "loyalty_creator_tags_client_id_fkey"
      columns: ["client_id"]
isOneToOne: false
      referencedRelation: "clients"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "loyalty_creator_tags_creator_id_fkey"
      columns: ["client_id","creator_id"]
isOneToOne: false
      referencedRelation: "loyalty_creators"
      referencedColumns: ["client_id","id"]
    }
                  ]
                },"loyalty_creators": {
                  Row: {
                    "anchor_on": string,"client_id": string,"created_at": string,"display_name": string,"figures_at": string | null,"handle": string,"handle_key": string,"id": string,"is_on_leaderboard": boolean,"is_pinned": boolean,"joined_on": string,"last_video_on": string | null,"last_video_sort": string | null,"next_check_on": string,"period_adjustments": number,"period_comments": number,"period_likes": number,"period_sales": number,"period_start": string,"period_units": number,"period_videos": number,"period_views": number,"person_id": string,"pinned_reason": string | null,"pinned_tier_id": string | null,"prior_period_start": string | null,"search_text": string,"state": string,"tier_id": string,"tier_since": string,"total_sales": number,"total_units": number,"total_videos": number,"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "anchor_on": string,"client_id": string,"created_at"?: string,"display_name": string,"figures_at"?: string | null,"handle": string,"handle_key": string,"id"?: string,"is_on_leaderboard"?: boolean,"is_pinned"?: boolean,"joined_on": string,"last_video_on"?: string | null,"last_video_sort"?: never,"next_check_on": string,"period_adjustments"?: number,"period_comments"?: number,"period_likes"?: number,"period_sales"?: number,"period_start": string,"period_units"?: number,"period_videos"?: number,"period_views"?: number,"person_id": string,"pinned_reason"?: string | null,"pinned_tier_id"?: string | null,"prior_period_start"?: string | null,"search_text": string,"state"?: string,"tier_id": string,"tier_since": string,"total_sales"?: number,"total_units"?: number,"total_videos"?: number,"updated_at"?: string
                  }
                  Update: {
                    "anchor_on"?: string,"client_id"?: string,"created_at"?: string,"display_name"?: string,"figures_at"?: string | null,"handle"?: string,"handle_key"?: string,"id"?: string,"is_on_leaderboard"?: boolean,"is_pinned"?: boolean,"joined_on"?: string,"last_video_on"?: string | null,"last_video_sort"?: never,"next_check_on"?: string,"period_adjustments"?: number,"period_comments"?: number,"period_likes"?: number,"period_sales"?: number,"period_start"?: string,"period_units"?: number,"period_videos"?: number,"period_views"?: number,"person_id"?: string,"pinned_reason"?: string | null,"pinned_tier_id"?: string | null,"prior_period_start"?: string | null,"search_text"?: string,"state"?: string,"tier_id"?: string,"tier_since"?: string,"total_sales"?: number,"total_units"?: number,"total_videos"?: number,"updated_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "loyalty_creators_client_id_fkey"
      columns: ["client_id"]
isOneToOne: false
      referencedRelation: "clients"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "loyalty_creators_person_id_fkey"
      columns: ["client_id","person_id"]
isOneToOne: true
      referencedRelation: "people"
      referencedColumns: ["client_id","id"]
    },{
      foreignKeyName: "loyalty_creators_pinned_tier_id_fkey"
      columns: ["client_id","pinned_tier_id"]
isOneToOne: false
      referencedRelation: "loyalty_tiers"
      referencedColumns: ["client_id","id"]
    },{
      foreignKeyName: "loyalty_creators_tier_id_fkey"
      columns: ["client_id","tier_id"]
isOneToOne: false
      referencedRelation: "loyalty_tiers"
      referencedColumns: ["client_id","id"]
    }
                  ]
                },"loyalty_daily_totals": {
                  Row: {
                    "adjustments": number,"business_date": string,"client_id": string,"sales": number,"units": number,"videos": number
                  }
                  ComputedFields: never
                  Insert: {
                    "adjustments": number,"business_date": string,"client_id": string,"sales": number,"units": number,"videos": number
                  }
                  Update: {
                    "adjustments"?: number,"business_date"?: string,"client_id"?: string,"sales"?: number,"units"?: number,"videos"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "loyalty_daily_totals_client_id_fkey"
      columns: ["client_id"]
isOneToOne: false
      referencedRelation: "clients"
      referencedColumns: ["id"]
    }
                  ]
                },"loyalty_gifts": {
                  Row: {
                    "carrier": string | null,"city": string,"client_id": string,"country": string,"created_at": string,"creator_id": string,"delivered_at": string | null,"id": string,"line1": string,"line2": string,"phone": string,"postal_code": string,"recipient": string,"redemption_id": string,"region": string,"shipped_at": string | null,"size": string | null,"tracking_number": string | null,"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "carrier"?: string | null,"city": string,"client_id": string,"country": string,"created_at"?: string,"creator_id": string,"delivered_at"?: string | null,"id"?: string,"line1": string,"line2"?: string,"phone"?: string,"postal_code": string,"recipient": string,"redemption_id": string,"region"?: string,"shipped_at"?: string | null,"size"?: string | null,"tracking_number"?: string | null,"updated_at"?: string
                  }
                  Update: {
                    "carrier"?: string | null,"city"?: string,"client_id"?: string,"country"?: string,"created_at"?: string,"creator_id"?: string,"delivered_at"?: string | null,"id"?: string,"line1"?: string,"line2"?: string,"phone"?: string,"postal_code"?: string,"recipient"?: string,"redemption_id"?: string,"region"?: string,"shipped_at"?: string | null,"size"?: string | null,"tracking_number"?: string | null,"updated_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "loyalty_gifts_client_id_fkey"
      columns: ["client_id"]
isOneToOne: false
      referencedRelation: "clients"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "loyalty_gifts_creator_id_fkey"
      columns: ["client_id","creator_id"]
isOneToOne: false
      referencedRelation: "loyalty_creators"
      referencedColumns: ["client_id","id"]
    },{
      foreignKeyName: "loyalty_gifts_redemption_id_fkey"
      columns: ["client_id","redemption_id","creator_id"]
isOneToOne: true
      referencedRelation: "loyalty_redemptions"
      referencedColumns: ["client_id","id","creator_id"]
    }
                  ]
                },"loyalty_handle_aliases": {
                  Row: {
                    "client_id": string,"created_at": string,"created_by": string | null,"creator_id": string,"handle_key": string,"id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "client_id": string,"created_at"?: string,"created_by"?: string | null,"creator_id": string,"handle_key": string,"id"?: string
                  }
                  Update: {
                    "client_id"?: string,"created_at"?: string,"created_by"?: string | null,"creator_id"?: string,"handle_key"?: string,"id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "loyalty_handle_aliases_client_id_fkey"
      columns: ["client_id"]
isOneToOne: false
      referencedRelation: "clients"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "loyalty_handle_aliases_creator_id_fkey"
      columns: ["client_id","creator_id"]
isOneToOne: false
      referencedRelation: "loyalty_creators"
      referencedColumns: ["client_id","id"]
    }
                  ]
                },"loyalty_handle_changes": {
                  Row: {
                    "client_id": string,"confirmed_by": string | null,"created_at": string,"creator_id": string,"id": string,"merged_creator_id": string | null,"new_handle": string,"old_handle": string,"videos_moved": number
                  }
                  ComputedFields: never
                  Insert: {
                    "client_id": string,"confirmed_by"?: string | null,"created_at"?: string,"creator_id": string,"id"?: string,"merged_creator_id"?: string | null,"new_handle": string,"old_handle": string,"videos_moved"?: number
                  }
                  Update: {
                    "client_id"?: string,"confirmed_by"?: string | null,"created_at"?: string,"creator_id"?: string,"id"?: string,"merged_creator_id"?: string | null,"new_handle"?: string,"old_handle"?: string,"videos_moved"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "loyalty_handle_changes_client_id_fkey"
      columns: ["client_id"]
isOneToOne: false
      referencedRelation: "clients"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "loyalty_handle_changes_creator_id_fkey"
      columns: ["client_id","creator_id"]
isOneToOne: false
      referencedRelation: "loyalty_creators"
      referencedColumns: ["client_id","id"]
    },{
      foreignKeyName: "loyalty_handle_changes_merged_creator_id_fkey"
      columns: ["client_id","merged_creator_id"]
isOneToOne: false
      referencedRelation: "loyalty_creators"
      referencedColumns: ["client_id","id"]
    }
                  ]
                },"loyalty_handle_claims": {
                  Row: {
                    "claimant_name": string,"client_id": string,"created_at": string,"creator_id": string | null,"decided_at": string | null,"decided_by": string | null,"email": string,"evidence_text": string,"evidence_url": string | null,"handle_key": string,"id": string,"person_id": string | null,"reject_reason": string | null,"state": string,"updated_at": string,"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "claimant_name": string,"client_id": string,"created_at"?: string,"creator_id"?: string | null,"decided_at"?: string | null,"decided_by"?: string | null,"email": string,"evidence_text"?: string,"evidence_url"?: string | null,"handle_key": string,"id"?: string,"person_id"?: string | null,"reject_reason"?: string | null,"state"?: string,"updated_at"?: string,"user_id": string
                  }
                  Update: {
                    "claimant_name"?: string,"client_id"?: string,"created_at"?: string,"creator_id"?: string | null,"decided_at"?: string | null,"decided_by"?: string | null,"email"?: string,"evidence_text"?: string,"evidence_url"?: string | null,"handle_key"?: string,"id"?: string,"person_id"?: string | null,"reject_reason"?: string | null,"state"?: string,"updated_at"?: string,"user_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "loyalty_handle_claims_client_id_fkey"
      columns: ["client_id"]
isOneToOne: false
      referencedRelation: "clients"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "loyalty_handle_claims_creator_id_fkey"
      columns: ["client_id","creator_id"]
isOneToOne: false
      referencedRelation: "loyalty_creators"
      referencedColumns: ["client_id","id"]
    },{
      foreignKeyName: "loyalty_handle_claims_person_id_fkey"
      columns: ["client_id","person_id"]
isOneToOne: false
      referencedRelation: "people"
      referencedColumns: ["client_id","id"]
    }
                  ]
                },"loyalty_holds": {
                  Row: {
                    "client_id": string,"creator_id": string,"evidence": string,"id": string,"opened_at": string,"opened_by": string | null,"other_creator_id": string | null,"reason": string,"resolution_note": string | null,"resolved_at": string | null,"resolved_by": string | null,"state": string
                  }
                  ComputedFields: never
                  Insert: {
                    "client_id": string,"creator_id": string,"evidence": string,"id"?: string,"opened_at"?: string,"opened_by"?: string | null,"other_creator_id"?: string | null,"reason": string,"resolution_note"?: string | null,"resolved_at"?: string | null,"resolved_by"?: string | null,"state"?: string
                  }
                  Update: {
                    "client_id"?: string,"creator_id"?: string,"evidence"?: string,"id"?: string,"opened_at"?: string,"opened_by"?: string | null,"other_creator_id"?: string | null,"reason"?: string,"resolution_note"?: string | null,"resolved_at"?: string | null,"resolved_by"?: string | null,"state"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "loyalty_holds_client_id_fkey"
      columns: ["client_id"]
isOneToOne: false
      referencedRelation: "clients"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "loyalty_holds_creator_id_fkey"
      columns: ["client_id","creator_id"]
isOneToOne: false
      referencedRelation: "loyalty_creators"
      referencedColumns: ["client_id","id"]
    },{
      foreignKeyName: "loyalty_holds_other_creator_id_fkey"
      columns: ["client_id","other_creator_id"]
isOneToOne: false
      referencedRelation: "loyalty_creators"
      referencedColumns: ["client_id","id"]
    }
                  ]
                },"loyalty_import_mappings": {
                  Row: {
                    "client_id": string,"columns": NonNullable<Json>,"created_at": string,"updated_at": string,"updated_by": string | null,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "client_id": string,"columns"?: NonNullable<Json>,"created_at"?: string,"updated_at"?: string,"updated_by"?: string | null,"version"?: number
                  }
                  Update: {
                    "client_id"?: string,"columns"?: NonNullable<Json>,"created_at"?: string,"updated_at"?: string,"updated_by"?: string | null,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "loyalty_import_mappings_client_id_fkey"
      columns: ["client_id"]
isOneToOne: true
      referencedRelation: "clients"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "loyalty_import_mappings_updated_by_fkey"
      columns: ["client_id","updated_by"]
isOneToOne: false
      referencedRelation: "people"
      referencedColumns: ["client_id","id"]
    }
                  ]
                },"loyalty_mission_progress": {
                  Row: {
                    "client_id": string,"closed_at": string | null,"completed_at": string | null,"completed_on": string | null,"counts_all": boolean,"counts_from_on": string | null,"created_at": string,"creator_id": string,"cycle_no": number,"due_on": string | null,"figures_at": string | null,"id": string,"kind": string,"mission_id": string,"start_on": string,"started_at": string | null,"state": string,"target": number,"tier_id": string,"value": number
                  }
                  ComputedFields: never
                  Insert: {
                    "client_id": string,"closed_at"?: string | null,"completed_at"?: string | null,"completed_on"?: string | null,"counts_all"?: boolean,"counts_from_on"?: string | null,"created_at"?: string,"creator_id": string,"cycle_no"?: number,"due_on"?: string | null,"figures_at"?: string | null,"id"?: string,"kind": string,"mission_id": string,"start_on": string,"started_at"?: string | null,"state"?: string,"target": number,"tier_id": string,"value"?: number
                  }
                  Update: {
                    "client_id"?: string,"closed_at"?: string | null,"completed_at"?: string | null,"completed_on"?: string | null,"counts_all"?: boolean,"counts_from_on"?: string | null,"created_at"?: string,"creator_id"?: string,"cycle_no"?: number,"due_on"?: string | null,"figures_at"?: string | null,"id"?: string,"kind"?: string,"mission_id"?: string,"start_on"?: string,"started_at"?: string | null,"state"?: string,"target"?: number,"tier_id"?: string,"value"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "loyalty_mission_progress_client_id_fkey"
      columns: ["client_id"]
isOneToOne: false
      referencedRelation: "clients"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "loyalty_mission_progress_creator_id_fkey"
      columns: ["client_id","creator_id"]
isOneToOne: false
      referencedRelation: "loyalty_creators"
      referencedColumns: ["client_id","id"]
    },{
      foreignKeyName: "loyalty_mission_progress_mission_id_fkey"
      columns: ["client_id","mission_id"]
isOneToOne: false
      referencedRelation: "loyalty_missions"
      referencedColumns: ["client_id","id"]
    },{
      foreignKeyName: "loyalty_mission_progress_tier_id_fkey"
      columns: ["client_id","tier_id"]
isOneToOne: false
      referencedRelation: "loyalty_tiers"
      referencedColumns: ["client_id","id"]
    }
                  ]
                },"loyalty_missions": {
                  Row: {
                    "alternates_count": number,"claim_days": number | null,"client_id": string,"cooldown_days": number,"counts_from": string,"created_at": string,"created_by": string | null,"days_to_finish": number | null,"description": string,"display_order": number,"ends_at": string | null,"id": string,"is_recurring": boolean,"kind": string,"max_cycles": number | null,"name": string,"preview_from_tier_id": string | null,"published_at": string | null,"reaches_current": boolean,"reward_id": string,"state": string,"tag": string | null,"target": number,"tier_id": string | null,"updated_at": string,"version": number,"winners_count": number | null
                  }
                  ComputedFields: never
                  Insert: {
                    "alternates_count"?: number,"claim_days"?: number | null,"client_id": string,"cooldown_days"?: number,"counts_from"?: string,"created_at"?: string,"created_by"?: string | null,"days_to_finish"?: number | null,"description"?: string,"display_order"?: number,"ends_at"?: string | null,"id"?: string,"is_recurring"?: boolean,"kind": string,"max_cycles"?: number | null,"name": string,"preview_from_tier_id"?: string | null,"published_at"?: string | null,"reaches_current"?: boolean,"reward_id": string,"state"?: string,"tag"?: string | null,"target"?: number,"tier_id"?: string | null,"updated_at"?: string,"version"?: number,"winners_count"?: number | null
                  }
                  Update: {
                    "alternates_count"?: number,"claim_days"?: number | null,"client_id"?: string,"cooldown_days"?: number,"counts_from"?: string,"created_at"?: string,"created_by"?: string | null,"days_to_finish"?: number | null,"description"?: string,"display_order"?: number,"ends_at"?: string | null,"id"?: string,"is_recurring"?: boolean,"kind"?: string,"max_cycles"?: number | null,"name"?: string,"preview_from_tier_id"?: string | null,"published_at"?: string | null,"reaches_current"?: boolean,"reward_id"?: string,"state"?: string,"tag"?: string | null,"target"?: number,"tier_id"?: string | null,"updated_at"?: string,"version"?: number,"winners_count"?: number | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "loyalty_missions_client_id_fkey"
      columns: ["client_id"]
isOneToOne: false
      referencedRelation: "clients"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "loyalty_missions_preview_from_tier_id_fkey"
      columns: ["client_id","preview_from_tier_id"]
isOneToOne: false
      referencedRelation: "loyalty_tiers"
      referencedColumns: ["client_id","id"]
    },{
      foreignKeyName: "loyalty_missions_reward_id_fkey"
      columns: ["client_id","reward_id"]
isOneToOne: false
      referencedRelation: "loyalty_rewards"
      referencedColumns: ["client_id","id"]
    },{
      foreignKeyName: "loyalty_missions_tier_id_fkey"
      columns: ["client_id","tier_id"]
isOneToOne: false
      referencedRelation: "loyalty_tiers"
      referencedColumns: ["client_id","id"]
    }
                  ]
                },"loyalty_money_findings": {
                  Row: {
                    "client_id": string,"computed": number | null,"found_at": string,"gone_at": string | null,"id": string,"row_id": string,"stored": number | null,"what": string
                  }
                  ComputedFields: never
                  Insert: {
                    "client_id": string,"computed"?: number | null,"found_at"?: string,"gone_at"?: string | null,"id"?: string,"row_id": string,"stored"?: number | null,"what": string
                  }
                  Update: {
                    "client_id"?: string,"computed"?: number | null,"found_at"?: string,"gone_at"?: string | null,"id"?: string,"row_id"?: string,"stored"?: number | null,"what"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "loyalty_money_findings_client_id_fkey"
      columns: ["client_id"]
isOneToOne: false
      referencedRelation: "clients"
      referencedColumns: ["id"]
    }
                  ]
                },"loyalty_nights": {
                  Row: {
                    "client_id": string,"figures_at": string | null,"last_business_date": string | null,"last_full_pass_on": string | null,"last_run_id": string | null,"last_summary": NonNullable<Json>,"needs_full_pass": boolean
                  }
                  ComputedFields: never
                  Insert: {
                    "client_id": string,"figures_at"?: string | null,"last_business_date"?: string | null,"last_full_pass_on"?: string | null,"last_run_id"?: string | null,"last_summary"?: NonNullable<Json>,"needs_full_pass"?: boolean
                  }
                  Update: {
                    "client_id"?: string,"figures_at"?: string | null,"last_business_date"?: string | null,"last_full_pass_on"?: string | null,"last_run_id"?: string | null,"last_summary"?: NonNullable<Json>,"needs_full_pass"?: boolean
                  }
                  Relationships: [
                    {
      foreignKeyName: "loyalty_nights_client_id_fkey"
      columns: ["client_id"]
isOneToOne: true
      referencedRelation: "clients"
      referencedColumns: ["id"]
    }
                  ]
                },"loyalty_payments": {
                  Row: {
                    "account_id": string,"amount": number,"batch_id": string,"client_id": string,"created_at": string,"creator_id": string,"currency": string,"dropped_at": string | null,"failed_at": string | null,"failure_reason": string | null,"id": string,"paid_at": string | null,"reference": string | null,"sent_at": string | null,"state": string,"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "account_id": string,"amount": number,"batch_id": string,"client_id": string,"created_at"?: string,"creator_id": string,"currency": string,"dropped_at"?: string | null,"failed_at"?: string | null,"failure_reason"?: string | null,"id"?: string,"paid_at"?: string | null,"reference"?: string | null,"sent_at"?: string | null,"state"?: string,"updated_at"?: string
                  }
                  Update: {
                    "account_id"?: string,"amount"?: number,"batch_id"?: string,"client_id"?: string,"created_at"?: string,"creator_id"?: string,"currency"?: string,"dropped_at"?: string | null,"failed_at"?: string | null,"failure_reason"?: string | null,"id"?: string,"paid_at"?: string | null,"reference"?: string | null,"sent_at"?: string | null,"state"?: string,"updated_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "loyalty_payments_account_id_fkey"
      columns: ["client_id","account_id","creator_id"]
isOneToOne: false
      referencedRelation: "loyalty_payout_accounts"
      referencedColumns: ["client_id","id","creator_id"]
    },{
      foreignKeyName: "loyalty_payments_batch_id_fkey"
      columns: ["client_id","batch_id"]
isOneToOne: false
      referencedRelation: "loyalty_payout_batches"
      referencedColumns: ["client_id","id"]
    },{
      foreignKeyName: "loyalty_payments_client_id_fkey"
      columns: ["client_id"]
isOneToOne: false
      referencedRelation: "clients"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "loyalty_payments_creator_id_fkey"
      columns: ["client_id","creator_id"]
isOneToOne: false
      referencedRelation: "loyalty_creators"
      referencedColumns: ["client_id","id"]
    }
                  ]
                },"loyalty_payout_account_secrets": {
                  Row: {
                    "account_envelope": string | null,"account_id": string,"client_id": string,"details_hash": string | null,"fingerprint_hash": string,"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "account_envelope"?: string | null,"account_id": string,"client_id": string,"details_hash"?: string | null,"fingerprint_hash": string,"updated_at"?: string
                  }
                  Update: {
                    "account_envelope"?: string | null,"account_id"?: string,"client_id"?: string,"details_hash"?: string | null,"fingerprint_hash"?: string,"updated_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "loyalty_payout_account_secrets_account_id_fkey"
      columns: ["client_id","account_id"]
isOneToOne: false
      referencedRelation: "loyalty_payout_accounts"
      referencedColumns: ["client_id","id"]
    }
                  ]
                },"loyalty_payout_accounts": {
                  Row: {
                    "client_id": string,"created_at": string,"created_by": string | null,"creator_id": string,"held_until": string | null,"hint": string,"id": string,"method": string,"replaced_at": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "client_id": string,"created_at"?: string,"created_by"?: string | null,"creator_id": string,"held_until"?: string | null,"hint": string,"id": string,"method": string,"replaced_at"?: string | null
                  }
                  Update: {
                    "client_id"?: string,"created_at"?: string,"created_by"?: string | null,"creator_id"?: string,"held_until"?: string | null,"hint"?: string,"id"?: string,"method"?: string,"replaced_at"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "loyalty_payout_accounts_client_id_fkey"
      columns: ["client_id"]
isOneToOne: false
      referencedRelation: "clients"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "loyalty_payout_accounts_creator_id_fkey"
      columns: ["client_id","creator_id"]
isOneToOne: false
      referencedRelation: "loyalty_creators"
      referencedColumns: ["client_id","id"]
    }
                  ]
                },"loyalty_payout_batches": {
                  Row: {
                    "approved_at": string | null,"approved_by": string | null,"cancelled_at": string | null,"client_id": string,"created_at": string,"created_by": string | null,"currency": string,"exported_at": string | null,"id": string,"method": string,"payments_count": number,"provider": string | null,"provider_message": string | null,"provider_reference": string | null,"sent_at": string | null,"settled_at": string | null,"state": string,"total_amount": number,"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "approved_at"?: string | null,"approved_by"?: string | null,"cancelled_at"?: string | null,"client_id": string,"created_at"?: string,"created_by"?: string | null,"currency": string,"exported_at"?: string | null,"id"?: string,"method": string,"payments_count"?: number,"provider"?: string | null,"provider_message"?: string | null,"provider_reference"?: string | null,"sent_at"?: string | null,"settled_at"?: string | null,"state"?: string,"total_amount"?: number,"updated_at"?: string
                  }
                  Update: {
                    "approved_at"?: string | null,"approved_by"?: string | null,"cancelled_at"?: string | null,"client_id"?: string,"created_at"?: string,"created_by"?: string | null,"currency"?: string,"exported_at"?: string | null,"id"?: string,"method"?: string,"payments_count"?: number,"provider"?: string | null,"provider_message"?: string | null,"provider_reference"?: string | null,"sent_at"?: string | null,"settled_at"?: string | null,"state"?: string,"total_amount"?: number,"updated_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "loyalty_payout_batches_client_id_fkey"
      columns: ["client_id"]
isOneToOne: false
      referencedRelation: "clients"
      referencedColumns: ["id"]
    }
                  ]
                },"loyalty_payouts": {
                  Row: {
                    "amount": number,"boost_id": string | null,"claws_back_id": string | null,"client_id": string,"closed_at": string | null,"created_at": string,"created_by": string | null,"creator_id": string,"currency": string,"id": string,"kind": string,"payment_id": string | null,"reason": string | null,"state": string,"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "amount": number,"boost_id"?: string | null,"claws_back_id"?: string | null,"client_id": string,"closed_at"?: string | null,"created_at"?: string,"created_by"?: string | null,"creator_id": string,"currency": string,"id"?: string,"kind": string,"payment_id"?: string | null,"reason"?: string | null,"state"?: string,"updated_at"?: string
                  }
                  Update: {
                    "amount"?: number,"boost_id"?: string | null,"claws_back_id"?: string | null,"client_id"?: string,"closed_at"?: string | null,"created_at"?: string,"created_by"?: string | null,"creator_id"?: string,"currency"?: string,"id"?: string,"kind"?: string,"payment_id"?: string | null,"reason"?: string | null,"state"?: string,"updated_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "loyalty_payouts_boost_id_fkey"
      columns: ["client_id","boost_id","creator_id"]
isOneToOne: false
      referencedRelation: "loyalty_boosts"
      referencedColumns: ["client_id","id","creator_id"]
    },{
      foreignKeyName: "loyalty_payouts_claws_back_id_fkey"
      columns: ["client_id","claws_back_id","creator_id"]
isOneToOne: false
      referencedRelation: "loyalty_payouts"
      referencedColumns: ["client_id","id","creator_id"]
    },{
      foreignKeyName: "loyalty_payouts_client_id_fkey"
      columns: ["client_id"]
isOneToOne: false
      referencedRelation: "clients"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "loyalty_payouts_creator_id_fkey"
      columns: ["client_id","creator_id"]
isOneToOne: false
      referencedRelation: "loyalty_creators"
      referencedColumns: ["client_id","id"]
    },{
      foreignKeyName: "loyalty_payouts_payment_id_fkey"
      columns: ["client_id","payment_id","creator_id"]
isOneToOne: false
      referencedRelation: "loyalty_payments"
      referencedColumns: ["client_id","id","creator_id"]
    }
                  ]
                },"loyalty_raffle_draws": {
                  Row: {
                    "alternates_count": number,"claim_days": number,"client_id": string,"commitment": string,"created_at": string,"drawn_at": string | null,"drawn_by": string | null,"entries_count": number,"entries_hash": string,"id": string,"mission_id": string,"sealed_at": string,"seed": string | null,"winners_count": number
                  }
                  ComputedFields: never
                  Insert: {
                    "alternates_count": number,"claim_days": number,"client_id": string,"commitment": string,"created_at"?: string,"drawn_at"?: string | null,"drawn_by"?: string | null,"entries_count": number,"entries_hash": string,"id"?: string,"mission_id": string,"sealed_at": string,"seed"?: string | null,"winners_count": number
                  }
                  Update: {
                    "alternates_count"?: number,"claim_days"?: number,"client_id"?: string,"commitment"?: string,"created_at"?: string,"drawn_at"?: string | null,"drawn_by"?: string | null,"entries_count"?: number,"entries_hash"?: string,"id"?: string,"mission_id"?: string,"sealed_at"?: string,"seed"?: string | null,"winners_count"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "loyalty_raffle_draws_client_id_fkey"
      columns: ["client_id"]
isOneToOne: false
      referencedRelation: "clients"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "loyalty_raffle_draws_mission_id_fkey"
      columns: ["client_id","mission_id"]
isOneToOne: true
      referencedRelation: "loyalty_missions"
      referencedColumns: ["client_id","id"]
    }
                  ]
                },"loyalty_raffle_entries": {
                  Row: {
                    "claim_until": string | null,"client_id": string,"creator_id": string,"draw_rank": number | null,"entered_at": string,"entry_no": number | null,"id": string,"lost_at": string | null,"lost_by": string | null,"mission_id": string,"moved_up_for": string | null,"redraw_reason": string | null,"seen_at": string | null,"state": string
                  }
                  ComputedFields: never
                  Insert: {
                    "claim_until"?: string | null,"client_id": string,"creator_id": string,"draw_rank"?: number | null,"entered_at"?: string,"entry_no"?: number | null,"id"?: string,"lost_at"?: string | null,"lost_by"?: string | null,"mission_id": string,"moved_up_for"?: string | null,"redraw_reason"?: string | null,"seen_at"?: string | null,"state"?: string
                  }
                  Update: {
                    "claim_until"?: string | null,"client_id"?: string,"creator_id"?: string,"draw_rank"?: number | null,"entered_at"?: string,"entry_no"?: number | null,"id"?: string,"lost_at"?: string | null,"lost_by"?: string | null,"mission_id"?: string,"moved_up_for"?: string | null,"redraw_reason"?: string | null,"seen_at"?: string | null,"state"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "loyalty_raffle_entries_client_id_fkey"
      columns: ["client_id"]
isOneToOne: false
      referencedRelation: "clients"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "loyalty_raffle_entries_creator_id_fkey"
      columns: ["client_id","creator_id"]
isOneToOne: false
      referencedRelation: "loyalty_creators"
      referencedColumns: ["client_id","id"]
    },{
      foreignKeyName: "loyalty_raffle_entries_mission_id_fkey"
      columns: ["client_id","mission_id"]
isOneToOne: false
      referencedRelation: "loyalty_missions"
      referencedColumns: ["client_id","id"]
    },{
      foreignKeyName: "loyalty_raffle_entries_moved_up_for_fkey"
      columns: ["client_id","moved_up_for"]
isOneToOne: true
      referencedRelation: "loyalty_raffle_entries"
      referencedColumns: ["client_id","id"]
    }
                  ]
                },"loyalty_redemption_codes": {
                  Row: {
                    "client_id": string,"created_at": string,"envelope": string,"redemption_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "client_id": string,"created_at"?: string,"envelope": string,"redemption_id": string
                  }
                  Update: {
                    "client_id"?: string,"created_at"?: string,"envelope"?: string,"redemption_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "loyalty_redemption_codes_client_id_fkey"
      columns: ["client_id"]
isOneToOne: false
      referencedRelation: "clients"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "loyalty_redemption_codes_redemption_id_fkey"
      columns: ["client_id","redemption_id"]
isOneToOne: true
      referencedRelation: "loyalty_redemptions"
      referencedColumns: ["client_id","id"]
    }
                  ]
                },"loyalty_redemptions": {
                  Row: {
                    "calendar_sequence": number,"claim_digest": string | null,"claim_until": string | null,"claimed_at": string | null,"client_id": string,"concluded_at": string | null,"cost_amount": number,"creator_id": string,"due_at": string | null,"ends_at": string | null,"expired_at": string | null,"fulfil_note": string | null,"fulfil_reference": string | null,"fulfilled_at": string | null,"fulfilled_by": string | null,"id": string,"is_held": boolean,"is_reserved": boolean,"kind": string,"mission_progress_id": string | null,"move_reason": string | null,"moved_at": string | null,"moved_by": string | null,"moved_from": string | null,"offer_window": string | null,"offered_at": string,"raffle_entry_id": string | null,"rejected_at": string | null,"rejection_reason": string | null,"reward_id": string,"reward_version": number | null,"scheduled_at": string | null,"seen_at": string | null,"slot_no": number | null,"source": string,"state": string,"terms": NonNullable<Json>,"tier_id": string | null,"tier_stint_id": string | null,"updated_at": string,"value_amount": number,"window_key": string | null,"withdrawn_at": string | null,"withdrawn_reason": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "calendar_sequence"?: number,"claim_digest"?: string | null,"claim_until"?: string | null,"claimed_at"?: string | null,"client_id": string,"concluded_at"?: string | null,"cost_amount"?: number,"creator_id": string,"due_at"?: string | null,"ends_at"?: string | null,"expired_at"?: string | null,"fulfil_note"?: string | null,"fulfil_reference"?: string | null,"fulfilled_at"?: string | null,"fulfilled_by"?: string | null,"id"?: string,"is_held"?: boolean,"is_reserved"?: boolean,"kind": string,"mission_progress_id"?: string | null,"move_reason"?: string | null,"moved_at"?: string | null,"moved_by"?: string | null,"moved_from"?: string | null,"offer_window"?: string | null,"offered_at"?: string,"raffle_entry_id"?: string | null,"rejected_at"?: string | null,"rejection_reason"?: string | null,"reward_id": string,"reward_version"?: number | null,"scheduled_at"?: string | null,"seen_at"?: string | null,"slot_no"?: number | null,"source"?: string,"state"?: string,"terms"?: NonNullable<Json>,"tier_id"?: string | null,"tier_stint_id"?: string | null,"updated_at"?: string,"value_amount"?: number,"window_key"?: string | null,"withdrawn_at"?: string | null,"withdrawn_reason"?: string | null
                  }
                  Update: {
                    "calendar_sequence"?: number,"claim_digest"?: string | null,"claim_until"?: string | null,"claimed_at"?: string | null,"client_id"?: string,"concluded_at"?: string | null,"cost_amount"?: number,"creator_id"?: string,"due_at"?: string | null,"ends_at"?: string | null,"expired_at"?: string | null,"fulfil_note"?: string | null,"fulfil_reference"?: string | null,"fulfilled_at"?: string | null,"fulfilled_by"?: string | null,"id"?: string,"is_held"?: boolean,"is_reserved"?: boolean,"kind"?: string,"mission_progress_id"?: string | null,"move_reason"?: string | null,"moved_at"?: string | null,"moved_by"?: string | null,"moved_from"?: string | null,"offer_window"?: string | null,"offered_at"?: string,"raffle_entry_id"?: string | null,"rejected_at"?: string | null,"rejection_reason"?: string | null,"reward_id"?: string,"reward_version"?: number | null,"scheduled_at"?: string | null,"seen_at"?: string | null,"slot_no"?: number | null,"source"?: string,"state"?: string,"terms"?: NonNullable<Json>,"tier_id"?: string | null,"tier_stint_id"?: string | null,"updated_at"?: string,"value_amount"?: number,"window_key"?: string | null,"withdrawn_at"?: string | null,"withdrawn_reason"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "loyalty_redemptions_client_id_fkey"
      columns: ["client_id"]
isOneToOne: false
      referencedRelation: "clients"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "loyalty_redemptions_creator_id_fkey"
      columns: ["client_id","creator_id"]
isOneToOne: false
      referencedRelation: "loyalty_creators"
      referencedColumns: ["client_id","id"]
    },{
      foreignKeyName: "loyalty_redemptions_mission_progress_id_fkey"
      columns: ["client_id","mission_progress_id"]
isOneToOne: false
      referencedRelation: "loyalty_mission_progress"
      referencedColumns: ["client_id","id"]
    },{
      foreignKeyName: "loyalty_redemptions_raffle_entry_id_fkey"
      columns: ["client_id","raffle_entry_id"]
isOneToOne: false
      referencedRelation: "loyalty_raffle_entries"
      referencedColumns: ["client_id","id"]
    },{
      foreignKeyName: "loyalty_redemptions_reward_id_fkey"
      columns: ["client_id","reward_id"]
isOneToOne: false
      referencedRelation: "loyalty_rewards"
      referencedColumns: ["client_id","id"]
    },{
      foreignKeyName: "loyalty_redemptions_tier_id_fkey"
      columns: ["client_id","tier_id"]
isOneToOne: false
      referencedRelation: "loyalty_tiers"
      referencedColumns: ["client_id","id"]
    }
                  ]
                },"loyalty_report_mails": {
                  Row: {
                    "cadence": string,"client_id": string,"created_at": string,"created_by": string | null,"person_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "cadence": string,"client_id": string,"created_at"?: string,"created_by"?: string | null,"person_id": string
                  }
                  Update: {
                    "cadence"?: string,"client_id"?: string,"created_at"?: string,"created_by"?: string | null,"person_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "loyalty_report_mails_client_id_fkey"
      columns: ["client_id"]
isOneToOne: false
      referencedRelation: "clients"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "loyalty_report_mails_person_id_fkey"
      columns: ["client_id","person_id"]
isOneToOne: false
      referencedRelation: "people"
      referencedColumns: ["client_id","id"]
    }
                  ]
                },"loyalty_reward_limits": {
                  Row: {
                    "budget_total": number | null,"client_id": string,"committed_amount": number,"committed_count": number,"coupon_code": string | null,"coupon_max_uses": number | null,"reserved_amount": number,"reserved_count": number,"reward_id": string,"stock_total": number | null,"unit_cost": number,"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "budget_total"?: number | null,"client_id": string,"committed_amount"?: number,"committed_count"?: number,"coupon_code"?: string | null,"coupon_max_uses"?: number | null,"reserved_amount"?: number,"reserved_count"?: number,"reward_id": string,"stock_total"?: number | null,"unit_cost"?: number,"updated_at"?: string
                  }
                  Update: {
                    "budget_total"?: number | null,"client_id"?: string,"committed_amount"?: number,"committed_count"?: number,"coupon_code"?: string | null,"coupon_max_uses"?: number | null,"reserved_amount"?: number,"reserved_count"?: number,"reward_id"?: string,"stock_total"?: number | null,"unit_cost"?: number,"updated_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "loyalty_reward_limits_client_id_fkey"
      columns: ["client_id"]
isOneToOne: false
      referencedRelation: "clients"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "loyalty_reward_limits_reward_id_fkey"
      columns: ["client_id","reward_id"]
isOneToOne: true
      referencedRelation: "loyalty_rewards"
      referencedColumns: ["client_id","id"]
    }
                  ]
                },"loyalty_rewards": {
                  Row: {
                    "boost_bp": number | null,"boost_days": number | null,"client_id": string,"created_at": string,"created_by": string | null,"description": string,"discount_minutes": number | null,"discount_percent": number | null,"display_order": number,"expires_days": number | null,"frequency": string,"id": string,"instructions": string,"kind": string,"name": string,"offer": string,"preview_from_tier_id": string | null,"published_at": string | null,"quantity": number | null,"requires_size": boolean,"revision": number,"sizes": (string)[],"state": string,"tag": string | null,"tier_id": string | null,"updated_at": string,"value_amount": number,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "boost_bp"?: number | null,"boost_days"?: number | null,"client_id": string,"created_at"?: string,"created_by"?: string | null,"description"?: string,"discount_minutes"?: number | null,"discount_percent"?: number | null,"display_order"?: number,"expires_days"?: number | null,"frequency"?: string,"id"?: string,"instructions"?: string,"kind": string,"name": string,"offer"?: string,"preview_from_tier_id"?: string | null,"published_at"?: string | null,"quantity"?: number | null,"requires_size"?: boolean,"revision"?: number,"sizes"?: (string)[],"state"?: string,"tag"?: string | null,"tier_id"?: string | null,"updated_at"?: string,"value_amount"?: number,"version"?: number
                  }
                  Update: {
                    "boost_bp"?: number | null,"boost_days"?: number | null,"client_id"?: string,"created_at"?: string,"created_by"?: string | null,"description"?: string,"discount_minutes"?: number | null,"discount_percent"?: number | null,"display_order"?: number,"expires_days"?: number | null,"frequency"?: string,"id"?: string,"instructions"?: string,"kind"?: string,"name"?: string,"offer"?: string,"preview_from_tier_id"?: string | null,"published_at"?: string | null,"quantity"?: number | null,"requires_size"?: boolean,"revision"?: number,"sizes"?: (string)[],"state"?: string,"tag"?: string | null,"tier_id"?: string | null,"updated_at"?: string,"value_amount"?: number,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "loyalty_rewards_client_id_fkey"
      columns: ["client_id"]
isOneToOne: false
      referencedRelation: "clients"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "loyalty_rewards_preview_from_tier_id_fkey"
      columns: ["client_id","preview_from_tier_id"]
isOneToOne: false
      referencedRelation: "loyalty_tiers"
      referencedColumns: ["client_id","id"]
    },{
      foreignKeyName: "loyalty_rewards_tier_id_fkey"
      columns: ["client_id","tier_id"]
isOneToOne: false
      referencedRelation: "loyalty_tiers"
      referencedColumns: ["client_id","id"]
    }
                  ]
                },"loyalty_settings": {
                  Row: {
                    "boost_capacity": number,"boost_time": string,"checkpoint_months": number,"clearing_days": number,"client_id": string,"created_at": string,"currency": string,"discount_capacity": number,"discount_from": string,"discount_slot_minutes": number,"discount_to": string,"fall_guard_percent": number,"fulfil_hours": number,"leaderboard_shown": boolean,"metric": string,"payout_minimum": number,"schedule_days_ahead": number,"schedule_weekends": boolean,"stale_after_hours": number,"sync_time": string,"sync_time_zone": string,"tier_mode": string,"unmatched_warn_percent": number,"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "boost_capacity"?: number,"boost_time"?: string,"checkpoint_months"?: number,"clearing_days"?: number,"client_id": string,"created_at"?: string,"currency": string,"discount_capacity"?: number,"discount_from"?: string,"discount_slot_minutes"?: number,"discount_to"?: string,"fall_guard_percent"?: number,"fulfil_hours"?: number,"leaderboard_shown"?: boolean,"metric"?: string,"payout_minimum"?: number,"schedule_days_ahead"?: number,"schedule_weekends"?: boolean,"stale_after_hours"?: number,"sync_time"?: string,"sync_time_zone"?: string,"tier_mode"?: string,"unmatched_warn_percent"?: number,"updated_at"?: string
                  }
                  Update: {
                    "boost_capacity"?: number,"boost_time"?: string,"checkpoint_months"?: number,"clearing_days"?: number,"client_id"?: string,"created_at"?: string,"currency"?: string,"discount_capacity"?: number,"discount_from"?: string,"discount_slot_minutes"?: number,"discount_to"?: string,"fall_guard_percent"?: number,"fulfil_hours"?: number,"leaderboard_shown"?: boolean,"metric"?: string,"payout_minimum"?: number,"schedule_days_ahead"?: number,"schedule_weekends"?: boolean,"stale_after_hours"?: number,"sync_time"?: string,"sync_time_zone"?: string,"tier_mode"?: string,"unmatched_warn_percent"?: number,"updated_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "loyalty_settings_client_id_fkey"
      columns: ["client_id"]
isOneToOne: true
      referencedRelation: "clients"
      referencedColumns: ["id"]
    }
                  ]
                },"loyalty_sync_run_creators": {
                  Row: {
                    "archived_at": string | null,"client_id": string,"creator_id": string,"is_revived": boolean,"run_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "archived_at"?: string | null,"client_id": string,"creator_id": string,"is_revived"?: boolean,"run_id": string
                  }
                  Update: {
                    "archived_at"?: string | null,"client_id"?: string,"creator_id"?: string,"is_revived"?: boolean,"run_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "loyalty_sync_run_creators_creator_id_fkey"
      columns: ["client_id","creator_id"]
isOneToOne: false
      referencedRelation: "loyalty_creators"
      referencedColumns: ["client_id","id"]
    },{
      foreignKeyName: "loyalty_sync_run_creators_run_id_fkey"
      columns: ["client_id","run_id"]
isOneToOne: false
      referencedRelation: "loyalty_sync_runs"
      referencedColumns: ["client_id","id"]
    }
                  ]
                },"loyalty_sync_run_rows": {
                  Row: {
                    "client_id": string,"column_name": string | null,"comments": number | null,"comments_before": number | null,"creator_id": string | null,"ctr_bp": number | null,"ctr_bp_before": number | null,"figures_before": string | null,"gmv": number | null,"gmv_before": number | null,"handle": string | null,"has_snapshot": boolean,"likes": number | null,"likes_before": number | null,"line": number,"outcome": string,"posted_on": string | null,"posted_on_before": string | null,"raw_value": string | null,"reason": string | null,"run_before": string | null,"run_id": string,"snapshot_on_before": string | null,"snapshot_run_before": string | null,"title": string | null,"title_before": string | null,"units": number | null,"units_before": number | null,"url": string | null,"url_before": string | null,"url_key": string | null,"video_at": unknown,"video_id": string | null,"views": number | null,"views_before": number | null
                  }
                  ComputedFields: never
                  Insert: {
                    "client_id": string,"column_name"?: string | null,"comments"?: number | null,"comments_before"?: number | null,"creator_id"?: string | null,"ctr_bp"?: number | null,"ctr_bp_before"?: number | null,"figures_before"?: string | null,"gmv"?: number | null,"gmv_before"?: number | null,"handle"?: string | null,"has_snapshot"?: boolean,"likes"?: number | null,"likes_before"?: number | null,"line": number,"outcome": string,"posted_on"?: string | null,"posted_on_before"?: string | null,"raw_value"?: string | null,"reason"?: string | null,"run_before"?: string | null,"run_id": string,"snapshot_on_before"?: string | null,"snapshot_run_before"?: string | null,"title"?: string | null,"title_before"?: string | null,"units"?: number | null,"units_before"?: number | null,"url"?: string | null,"url_before"?: string | null,"url_key"?: string | null,"video_at"?: unknown,"video_id"?: string | null,"views"?: number | null,"views_before"?: number | null
                  }
                  Update: {
                    "client_id"?: string,"column_name"?: string | null,"comments"?: number | null,"comments_before"?: number | null,"creator_id"?: string | null,"ctr_bp"?: number | null,"ctr_bp_before"?: number | null,"figures_before"?: string | null,"gmv"?: number | null,"gmv_before"?: number | null,"handle"?: string | null,"has_snapshot"?: boolean,"likes"?: number | null,"likes_before"?: number | null,"line"?: number,"outcome"?: string,"posted_on"?: string | null,"posted_on_before"?: string | null,"raw_value"?: string | null,"reason"?: string | null,"run_before"?: string | null,"run_id"?: string,"snapshot_on_before"?: string | null,"snapshot_run_before"?: string | null,"title"?: string | null,"title_before"?: string | null,"units"?: number | null,"units_before"?: number | null,"url"?: string | null,"url_before"?: string | null,"url_key"?: string | null,"video_at"?: unknown,"video_id"?: string | null,"views"?: number | null,"views_before"?: number | null
                  }
                  Relationships: [
                    
                  ]
                },"loyalty_sync_runs": {
                  Row: {
                    "applied_at": string | null,"business_date": string,"bytes_read": number,"checked_at": string | null,"checks": NonNullable<Json>,"client_id": string,"created_at": string,"created_by": string | null,"creates_creators": boolean,"creators_added": number,"creators_to_add": number,"error_code": string | null,"error_details": Json | null,"error_message": string | null,"file_bytes": number | null,"file_id": string | null,"file_name": string,"file_sales": number,"finished_at": string | null,"id": string,"is_repeat": boolean,"is_unattended": boolean,"mapping_version": number | null,"notes": NonNullable<Json>,"reading": Json | null,"recipe_version": number | null,"repeats_run_id": string | null,"rows_blank": number,"rows_changed": number,"rows_duplicate": number,"rows_new": number,"rows_read": number,"rows_rejected": number,"rows_to_add": number,"rows_unchanged": number,"rows_unmatched": number,"sales_after": number,"sales_before": number,"saved_at": string | null,"saved_by": string | null,"sha256": string | null,"source": string,"started_at": string | null,"state": string,"tier_changes": Json | null,"undone_at": string | null,"undone_by": string | null,"units_after": number,"units_before": number,"updated_at": string,"views_after": number,"views_before": number
                  }
                  ComputedFields: never
                  Insert: {
                    "applied_at"?: string | null,"business_date": string,"bytes_read"?: number,"checked_at"?: string | null,"checks"?: NonNullable<Json>,"client_id": string,"created_at"?: string,"created_by"?: string | null,"creates_creators"?: boolean,"creators_added"?: number,"creators_to_add"?: number,"error_code"?: string | null,"error_details"?: Json | null,"error_message"?: string | null,"file_bytes"?: number | null,"file_id"?: string | null,"file_name": string,"file_sales"?: number,"finished_at"?: string | null,"id"?: string,"is_repeat"?: boolean,"is_unattended"?: boolean,"mapping_version"?: number | null,"notes"?: NonNullable<Json>,"reading"?: Json | null,"recipe_version"?: number | null,"repeats_run_id"?: string | null,"rows_blank"?: number,"rows_changed"?: number,"rows_duplicate"?: number,"rows_new"?: number,"rows_read"?: number,"rows_rejected"?: number,"rows_to_add"?: number,"rows_unchanged"?: number,"rows_unmatched"?: number,"sales_after"?: number,"sales_before"?: number,"saved_at"?: string | null,"saved_by"?: string | null,"sha256"?: string | null,"source": string,"started_at"?: string | null,"state"?: string,"tier_changes"?: Json | null,"undone_at"?: string | null,"undone_by"?: string | null,"units_after"?: number,"units_before"?: number,"updated_at"?: string,"views_after"?: number,"views_before"?: number
                  }
                  Update: {
                    "applied_at"?: string | null,"business_date"?: string,"bytes_read"?: number,"checked_at"?: string | null,"checks"?: NonNullable<Json>,"client_id"?: string,"created_at"?: string,"created_by"?: string | null,"creates_creators"?: boolean,"creators_added"?: number,"creators_to_add"?: number,"error_code"?: string | null,"error_details"?: Json | null,"error_message"?: string | null,"file_bytes"?: number | null,"file_id"?: string | null,"file_name"?: string,"file_sales"?: number,"finished_at"?: string | null,"id"?: string,"is_repeat"?: boolean,"is_unattended"?: boolean,"mapping_version"?: number | null,"notes"?: NonNullable<Json>,"reading"?: Json | null,"recipe_version"?: number | null,"repeats_run_id"?: string | null,"rows_blank"?: number,"rows_changed"?: number,"rows_duplicate"?: number,"rows_new"?: number,"rows_read"?: number,"rows_rejected"?: number,"rows_to_add"?: number,"rows_unchanged"?: number,"rows_unmatched"?: number,"sales_after"?: number,"sales_before"?: number,"saved_at"?: string | null,"saved_by"?: string | null,"sha256"?: string | null,"source"?: string,"started_at"?: string | null,"state"?: string,"tier_changes"?: Json | null,"undone_at"?: string | null,"undone_by"?: string | null,"units_after"?: number,"units_before"?: number,"updated_at"?: string,"views_after"?: number,"views_before"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "loyalty_sync_runs_client_id_fkey"
      columns: ["client_id"]
isOneToOne: false
      referencedRelation: "clients"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "loyalty_sync_runs_created_by_fkey"
      columns: ["client_id","created_by"]
isOneToOne: false
      referencedRelation: "people"
      referencedColumns: ["client_id","id"]
    },{
      foreignKeyName: "loyalty_sync_runs_file_id_fkey"
      columns: ["client_id","file_id"]
isOneToOne: false
      referencedRelation: "core_files"
      referencedColumns: ["client_id","id"]
    },{
      foreignKeyName: "loyalty_sync_runs_repeats_run_id_fkey"
      columns: ["client_id","repeats_run_id"]
isOneToOne: false
      referencedRelation: "loyalty_sync_runs"
      referencedColumns: ["client_id","id"]
    },{
      foreignKeyName: "loyalty_sync_runs_saved_by_fkey"
      columns: ["client_id","saved_by"]
isOneToOne: false
      referencedRelation: "people"
      referencedColumns: ["client_id","id"]
    },{
      foreignKeyName: "loyalty_sync_runs_undone_by_fkey"
      columns: ["client_id","undone_by"]
isOneToOne: false
      referencedRelation: "people"
      referencedColumns: ["client_id","id"]
    }
                  ]
                },"loyalty_sync_source_secrets": {
                  Row: {
                    "client_id": string,"header_value": string | null,"password": string | null,"source_id": string,"updated_at": string,"username": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "client_id": string,"header_value"?: string | null,"password"?: string | null,"source_id": string,"updated_at"?: string,"username"?: string | null
                  }
                  Update: {
                    "client_id"?: string,"header_value"?: string | null,"password"?: string | null,"source_id"?: string,"updated_at"?: string,"username"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "loyalty_sync_source_secrets_source_id_fkey"
      columns: ["client_id","source_id"]
isOneToOne: false
      referencedRelation: "loyalty_sync_sources"
      referencedColumns: ["client_id","id"]
    }
                  ]
                },"loyalty_sync_sources": {
                  Row: {
                    "client_id": string,"created_at": string,"creates_creators": boolean,"has_secret": boolean,"header_name": string | null,"id": string,"kind": string,"recipe": Json | null,"recipe_version": number,"updated_at": string,"url": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "client_id": string,"created_at"?: string,"creates_creators"?: boolean,"has_secret"?: boolean,"header_name"?: string | null,"id"?: string,"kind"?: string,"recipe"?: Json | null,"recipe_version"?: number,"updated_at"?: string,"url"?: string | null
                  }
                  Update: {
                    "client_id"?: string,"created_at"?: string,"creates_creators"?: boolean,"has_secret"?: boolean,"header_name"?: string | null,"id"?: string,"kind"?: string,"recipe"?: Json | null,"recipe_version"?: number,"updated_at"?: string,"url"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "loyalty_sync_sources_client_id_fkey"
      columns: ["client_id"]
isOneToOne: true
      referencedRelation: "clients"
      referencedColumns: ["id"]
    }
                  ]
                },"loyalty_sync_stages": {
                  Row: {
                    "attempts": number,"business_date": string,"client_id": string,"detail": NonNullable<Json>,"finished_at": string | null,"outcome": string | null,"run_id": string | null,"stage": string,"started_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "attempts"?: number,"business_date": string,"client_id": string,"detail"?: NonNullable<Json>,"finished_at"?: string | null,"outcome"?: string | null,"run_id"?: string | null,"stage": string,"started_at"?: string
                  }
                  Update: {
                    "attempts"?: number,"business_date"?: string,"client_id"?: string,"detail"?: NonNullable<Json>,"finished_at"?: string | null,"outcome"?: string | null,"run_id"?: string | null,"stage"?: string,"started_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "loyalty_sync_stages_client_id_fkey"
      columns: ["client_id"]
isOneToOne: false
      referencedRelation: "clients"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "loyalty_sync_stages_run_id_fkey"
      columns: ["client_id","run_id"]
isOneToOne: false
      referencedRelation: "loyalty_sync_runs"
      referencedColumns: ["client_id","id"]
    }
                  ]
                },"loyalty_tier_checkpoints": {
                  Row: {
                    "client_id": string,"created_at": string,"creator_id": string,"decision_id": string,"id": string,"metric": string,"outcome": string,"period_end": string,"period_start": string,"required": number,"tier_after_id": string,"tier_before_id": string,"undone_at": string | null,"value": number
                  }
                  ComputedFields: never
                  Insert: {
                    "client_id": string,"created_at"?: string,"creator_id": string,"decision_id": string,"id"?: string,"metric": string,"outcome": string,"period_end": string,"period_start": string,"required": number,"tier_after_id": string,"tier_before_id": string,"undone_at"?: string | null,"value": number
                  }
                  Update: {
                    "client_id"?: string,"created_at"?: string,"creator_id"?: string,"decision_id"?: string,"id"?: string,"metric"?: string,"outcome"?: string,"period_end"?: string,"period_start"?: string,"required"?: number,"tier_after_id"?: string,"tier_before_id"?: string,"undone_at"?: string | null,"value"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "loyalty_tier_checkpoints_client_id_fkey"
      columns: ["client_id"]
isOneToOne: false
      referencedRelation: "clients"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "loyalty_tier_checkpoints_creator_id_fkey"
      columns: ["client_id","creator_id"]
isOneToOne: false
      referencedRelation: "loyalty_creators"
      referencedColumns: ["client_id","id"]
    },{
      foreignKeyName: "loyalty_tier_checkpoints_decision_id_fkey"
      columns: ["client_id","decision_id"]
isOneToOne: false
      referencedRelation: "loyalty_tier_decisions"
      referencedColumns: ["client_id","id"]
    },{
      foreignKeyName: "loyalty_tier_checkpoints_tier_after_id_fkey"
      columns: ["client_id","tier_after_id"]
isOneToOne: false
      referencedRelation: "loyalty_tiers"
      referencedColumns: ["client_id","id"]
    },{
      foreignKeyName: "loyalty_tier_checkpoints_tier_before_id_fkey"
      columns: ["client_id","tier_before_id"]
isOneToOne: false
      referencedRelation: "loyalty_tiers"
      referencedColumns: ["client_id","id"]
    }
                  ]
                },"loyalty_tier_decisions": {
                  Row: {
                    "adjustments_part": number,"business_date": string,"client_id": string,"created_at": string,"creator_id": string,"decided_by": string | null,"detail": NonNullable<Json>,"from_name": string | null,"from_tier_id": string | null,"id": string,"metric": string,"period_end": string | null,"period_start": string | null,"rule": string,"run_id": string | null,"sales_part": number,"seen_at": string | null,"seq": number,"threshold": number,"to_name": string,"to_tier_id": string,"undone_at": string | null,"value": number
                  }
                  ComputedFields: never
                  Insert: {
                    "adjustments_part"?: number,"business_date": string,"client_id": string,"created_at"?: string,"creator_id": string,"decided_by"?: string | null,"detail"?: NonNullable<Json>,"from_name"?: string | null,"from_tier_id"?: string | null,"id"?: string,"metric": string,"period_end"?: string | null,"period_start"?: string | null,"rule": string,"run_id"?: string | null,"sales_part"?: number,"seen_at"?: string | null,"seq"?: never,"threshold": number,"to_name": string,"to_tier_id": string,"undone_at"?: string | null,"value": number
                  }
                  Update: {
                    "adjustments_part"?: number,"business_date"?: string,"client_id"?: string,"created_at"?: string,"creator_id"?: string,"decided_by"?: string | null,"detail"?: NonNullable<Json>,"from_name"?: string | null,"from_tier_id"?: string | null,"id"?: string,"metric"?: string,"period_end"?: string | null,"period_start"?: string | null,"rule"?: string,"run_id"?: string | null,"sales_part"?: number,"seen_at"?: string | null,"seq"?: never,"threshold"?: number,"to_name"?: string,"to_tier_id"?: string,"undone_at"?: string | null,"value"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "loyalty_tier_decisions_client_id_fkey"
      columns: ["client_id"]
isOneToOne: false
      referencedRelation: "clients"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "loyalty_tier_decisions_creator_id_fkey"
      columns: ["client_id","creator_id"]
isOneToOne: false
      referencedRelation: "loyalty_creators"
      referencedColumns: ["client_id","id"]
    },{
      foreignKeyName: "loyalty_tier_decisions_from_tier_id_fkey"
      columns: ["client_id","from_tier_id"]
isOneToOne: false
      referencedRelation: "loyalty_tiers"
      referencedColumns: ["client_id","id"]
    },{
      foreignKeyName: "loyalty_tier_decisions_to_tier_id_fkey"
      columns: ["client_id","to_tier_id"]
isOneToOne: false
      referencedRelation: "loyalty_tiers"
      referencedColumns: ["client_id","id"]
    }
                  ]
                },"loyalty_tier_stints": {
                  Row: {
                    "client_id": string,"creator_id": string,"decision_id": string,"ended_at": string | null,"id": string,"started_at": string,"tier_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "client_id": string,"creator_id": string,"decision_id": string,"ended_at"?: string | null,"id"?: string,"started_at": string,"tier_id": string
                  }
                  Update: {
                    "client_id"?: string,"creator_id"?: string,"decision_id"?: string,"ended_at"?: string | null,"id"?: string,"started_at"?: string,"tier_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "loyalty_tier_stints_client_id_fkey"
      columns: ["client_id"]
isOneToOne: false
      referencedRelation: "clients"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "loyalty_tier_stints_creator_id_fkey"
      columns: ["client_id","creator_id"]
isOneToOne: false
      referencedRelation: "loyalty_creators"
      referencedColumns: ["client_id","id"]
    },{
      foreignKeyName: "loyalty_tier_stints_decision_id_fkey"
      columns: ["client_id","decision_id"]
isOneToOne: false
      referencedRelation: "loyalty_tier_decisions"
      referencedColumns: ["client_id","id"]
    },{
      foreignKeyName: "loyalty_tier_stints_tier_id_fkey"
      columns: ["client_id","tier_id"]
isOneToOne: false
      referencedRelation: "loyalty_tiers"
      referencedColumns: ["client_id","id"]
    }
                  ]
                },"loyalty_tiers": {
                  Row: {
                    "archived_at": string | null,"benefits": string,"client_id": string,"color": string,"commission_bp": number,"created_at": string,"id": string,"name": string,"rank": number,"threshold": number,"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "archived_at"?: string | null,"benefits"?: string,"client_id": string,"color"?: string,"commission_bp"?: number,"created_at"?: string,"id"?: string,"name": string,"rank": number,"threshold": number,"updated_at"?: string
                  }
                  Update: {
                    "archived_at"?: string | null,"benefits"?: string,"client_id"?: string,"color"?: string,"commission_bp"?: number,"created_at"?: string,"id"?: string,"name"?: string,"rank"?: number,"threshold"?: number,"updated_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "loyalty_tiers_client_id_fkey"
      columns: ["client_id"]
isOneToOne: false
      referencedRelation: "clients"
      referencedColumns: ["id"]
    }
                  ]
                },"loyalty_video_snapshots": {
                  Row: {
                    "business_date": string,"client_id": string,"comments": number,"comments_delta": number,"creator_id": string,"gmv": number,"gmv_delta": number,"is_opening": boolean,"likes": number,"likes_delta": number,"run_id": string | null,"units": number,"units_delta": number,"video_id": string,"views": number,"views_delta": number
                  }
                  ComputedFields: never
                  Insert: {
                    "business_date": string,"client_id": string,"comments": number,"comments_delta": number,"creator_id": string,"gmv": number,"gmv_delta": number,"is_opening"?: boolean,"likes": number,"likes_delta": number,"run_id"?: string | null,"units": number,"units_delta": number,"video_id": string,"views": number,"views_delta": number
                  }
                  Update: {
                    "business_date"?: string,"client_id"?: string,"comments"?: number,"comments_delta"?: number,"creator_id"?: string,"gmv"?: number,"gmv_delta"?: number,"is_opening"?: boolean,"likes"?: number,"likes_delta"?: number,"run_id"?: string | null,"units"?: number,"units_delta"?: number,"video_id"?: string,"views"?: number,"views_delta"?: number
                  }
                  Relationships: [
                    
                  ]
                },"loyalty_videos": {
                  Row: {
                    "client_id": string,"comments": number,"created_at": string,"creator_id": string,"ctr_bp": number | null,"figures_at": string,"first_seen_on": string,"gmv": number,"id": string,"last_run_id": string | null,"likes": number,"posted_on": string,"title": string,"units": number,"url": string,"url_key": string,"views": number
                  }
                  ComputedFields: never
                  Insert: {
                    "client_id": string,"comments"?: number,"created_at"?: string,"creator_id": string,"ctr_bp"?: number | null,"figures_at"?: string,"first_seen_on": string,"gmv"?: number,"id"?: string,"last_run_id"?: string | null,"likes"?: number,"posted_on": string,"title"?: string,"units"?: number,"url": string,"url_key": string,"views"?: number
                  }
                  Update: {
                    "client_id"?: string,"comments"?: number,"created_at"?: string,"creator_id"?: string,"ctr_bp"?: number | null,"figures_at"?: string,"first_seen_on"?: string,"gmv"?: number,"id"?: string,"last_run_id"?: string | null,"likes"?: number,"posted_on"?: string,"title"?: string,"units"?: number,"url"?: string,"url_key"?: string,"views"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "loyalty_videos_client_id_fkey"
      columns: ["client_id"]
isOneToOne: false
      referencedRelation: "clients"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "loyalty_videos_creator_id_fkey"
      columns: ["client_id","creator_id"]
isOneToOne: false
      referencedRelation: "loyalty_creators"
      referencedColumns: ["client_id","id"]
    }
                  ]
                },"people": {
                  Row: {
                    "claimed_at": string | null,"client_id": string,"created_at": string,"deactivated_at": string | null,"display_name": string,"email": string | null,"id": string,"locale": string | null,"phone": string | null,"state": string,"time_zone": string | null,"updated_at": string,"user_id": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "claimed_at"?: string | null,"client_id": string,"created_at"?: string,"deactivated_at"?: string | null,"display_name": string,"email"?: string | null,"id"?: string,"locale"?: string | null,"phone"?: string | null,"state"?: string,"time_zone"?: string | null,"updated_at"?: string,"user_id"?: string | null
                  }
                  Update: {
                    "claimed_at"?: string | null,"client_id"?: string,"created_at"?: string,"deactivated_at"?: string | null,"display_name"?: string,"email"?: string | null,"id"?: string,"locale"?: string | null,"phone"?: string | null,"state"?: string,"time_zone"?: string | null,"updated_at"?: string,"user_id"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "people_client_id_fkey"
      columns: ["client_id"]
isOneToOne: false
      referencedRelation: "clients"
      referencedColumns: ["id"]
    }
                  ]
                },"people_views": {
                  Row: {
                    "client_id": string,"ended_at": string | null,"expires_at": string,"id": string,"person_id": string,"reason": string,"started_at": string,"viewer_user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "client_id": string,"ended_at"?: string | null,"expires_at": string,"id"?: string,"person_id": string,"reason": string,"started_at"?: string,"viewer_user_id": string
                  }
                  Update: {
                    "client_id"?: string,"ended_at"?: string | null,"expires_at"?: string,"id"?: string,"person_id"?: string,"reason"?: string,"started_at"?: string,"viewer_user_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "people_views_client_id_fkey"
      columns: ["client_id"]
isOneToOne: false
      referencedRelation: "clients"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "people_views_person_id_fkey"
      columns: ["client_id","person_id"]
isOneToOne: false
      referencedRelation: "people"
      referencedColumns: ["client_id","id"]
    }
                  ]
                },"permissions": {
                  Row: {
                    "description": string,"id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "description": string,"id": string
                  }
                  Update: {
                    "description"?: string,"id"?: string
                  }
                  Relationships: [
                    
                  ]
                },"person_roles": {
                  Row: {
                    "client_id": string,"created_at": string,"granted_by": string | null,"id": string,"person_id": string,"role_id": string,"valid_until": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "client_id": string,"created_at"?: string,"granted_by"?: string | null,"id"?: string,"person_id": string,"role_id": string,"valid_until"?: string | null
                  }
                  Update: {
                    "client_id"?: string,"created_at"?: string,"granted_by"?: string | null,"id"?: string,"person_id"?: string,"role_id"?: string,"valid_until"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "person_roles_client_id_fkey"
      columns: ["client_id"]
isOneToOne: false
      referencedRelation: "clients"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "person_roles_person_fkey"
      columns: ["client_id","person_id"]
isOneToOne: false
      referencedRelation: "people"
      referencedColumns: ["client_id","id"]
    },{
      foreignKeyName: "person_roles_role_id_fkey"
      columns: ["role_id"]
isOneToOne: false
      referencedRelation: "roles"
      referencedColumns: ["id"]
    }
                  ]
                },"role_permissions": {
                  Row: {
                    "permission_id": string,"role_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "permission_id": string,"role_id": string
                  }
                  Update: {
                    "permission_id"?: string,"role_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "role_permissions_permission_id_fkey"
      columns: ["permission_id"]
isOneToOne: false
      referencedRelation: "permissions"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "role_permissions_role_id_fkey"
      columns: ["role_id"]
isOneToOne: false
      referencedRelation: "roles"
      referencedColumns: ["id"]
    }
                  ]
                },"roles": {
                  Row: {
                    "id": string,"is_staff": boolean
                  }
                  ComputedFields: never
                  Insert: {
                    "id": string,"is_staff": boolean
                  }
                  Update: {
                    "id"?: string,"is_staff"?: boolean
                  }
                  Relationships: [
                    
                  ]
                }
          }
          Views: {
            [_ in never]: never
          }
          Functions: {
            "audit_list":
{ Args: { "p_actor"?: string,"p_before"?: string,"p_before_id"?: string,"p_client": string,"p_limit"?: number,"p_table"?: string }; Returns: Json
                           },
"auth_accept_terms":
{ Args: { "p_user": string,"p_version": string }; Returns: undefined
                           },
"auth_begin_sign_in":
{ Args: { "p_account": string,"p_ip": string,"p_pass"?: string }; Returns: Json
                           },
"auth_consume_challenge":
{ Args: { "p_token_hash": string,"p_user": string }; Returns: boolean
                           },
"auth_create_unlock":
{ Args: { "p_account": string,"p_ip": string,"p_token_hash": string }; Returns: boolean
                           },
"auth_end_my_sessions":
{ Args: { "p_scope"?: string,"p_session"?: string }; Returns: number
                           },
"auth_end_user_sessions":
{ Args: { "p_except"?: string,"p_user": string }; Returns: number
                           },
"auth_find_home":
{ Args: { "p_email": string }; Returns: Json
                           },
"auth_find_login":
{ Args: { "p_name": string,"p_slug"?: string }; Returns: string
                           },
"auth_finish_sign_in":
{ Args: { "p_account": string,"p_ip": string,"p_outcome": string,"p_reason": string,"p_user"?: string }; Returns: undefined
                           },
"auth_list_my_sessions":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"auth_move_email":
{ Args: { "p_from": string,"p_to": string,"p_user": string }; Returns: undefined
                           },
"auth_note":
{ Args: { "p_account": string,"p_ip": string,"p_kind": string,"p_outcome": string,"p_reason": string,"p_user"?: string }; Returns: undefined
                           },
"auth_purge":
{ Args: Record<PropertyKey, never>; Returns: number
                           },
"auth_queue_mail":
{ Args: { "p_client": string,"p_envelope"?: string,"p_id": string,"p_kind": string,"p_person": string,"p_to": string }; Returns: undefined
                           },
"auth_record_session":
{ Args: { "p_agent"?: string,"p_device"?: string,"p_ip_hint": string,"p_session": string,"p_user": string }; Returns: undefined
                           },
"auth_resend_challenge":
{ Args: { "p_token_hash": string }; Returns: Json
                           },
"auth_start_challenge":
{ Args: { "p_email": string,"p_email_hash": string,"p_ip": string,"p_purpose": string,"p_token_hash": string,"p_user"?: string }; Returns: Json
                           },
"auth_tell_password_changed":
{ Args: { "p_account": string,"p_ip": string,"p_user": string }; Returns: undefined
                           },
"auth_try_challenge":
{ Args: { "p_purpose": string,"p_token_hash": string }; Returns: Json
                           },
"auth_update_me":
{ Args: { "p_locale"?: string,"p_name"?: string,"p_time_zone"?: string }; Returns: number
                           },
"auth_use_unlock":
{ Args: { "p_ip": string,"p_pass_hash": string,"p_token_hash": string }; Returns: boolean
                           },
"core_begin_once":
{ Args: { "p_hash": string,"p_key": string,"p_scope": string }; Returns: Json
                           },
"core_finish_once":
{ Args: { "p_body": Json,"p_key": string,"p_scope": string,"p_status": number }; Returns: undefined
                           },
"core_read_context":
{ Args: { "p_slug"?: string }; Returns: Json
                           },
"core_release_once":
{ Args: { "p_key": string,"p_scope": string }; Returns: undefined
                           },
"core_take_rate_limit":
{ Args: { "p_key": string,"p_limit": number,"p_window_seconds": number }; Returns: Json
                           },
"email_confirm_my_address":
{ Args: { "p_client": string }; Returns: undefined
                           },
"email_record_event":
{ Args: { "p_client": string,"p_email": string,"p_event_id": string,"p_is_permanent": boolean,"p_kind": string,"p_occurred_at": string,"p_provider_id": string }; Returns: string
                           },
"email_remove_suppression":
{ Args: { "p_client": string,"p_suppression": string }; Returns: string
                           },
"email_resend_email":
{ Args: { "p_client": string,"p_id": string }; Returns: undefined
                           },
"files_complete_upload":
{ Args: { "p_client": string,"p_id": string }; Returns: string
                           },
"files_create_upload":
{ Args: { "p_bytes": number,"p_client": string,"p_content_type": string,"p_name": string,"p_purpose": string }; Returns: string
                           },
"files_read_logo":
{ Args: { "p_file": string,"p_slug": string }; Returns: Json
                           },
"files_set_logo":
{ Args: { "p_client": string,"p_file"?: string }; Returns: undefined
                           },
"jobs_retry_job":
{ Args: { "p_client": string,"p_id": string }; Returns: undefined
                           },
"loyalty_acknowledge_celebrations":
{ Args: { "p_client": string,"p_ids": (string)[] }; Returns: number
                           },
"loyalty_add_creator":
{ Args: { "p_client": string,"p_email"?: string,"p_handle": string,"p_name"?: string,"p_reason"?: string,"p_tier"?: string }; Returns: string
                           },
"loyalty_cancel_run":
{ Args: { "p_client": string,"p_run": string }; Returns: string
                           },
"loyalty_change_address":
{ Args: { "p_address": Json,"p_client": string,"p_redemption": string }; Returns: Json
                           },
"loyalty_claim_handle":
{ Args: { "p_evidence_text"?: string,"p_evidence_url"?: string,"p_handle": string,"p_slug": string }; Returns: string
                           },
"loyalty_claim_mission":
{ Args: { "p_client": string,"p_details": Json,"p_mission": string }; Returns: Json
                           },
"loyalty_claim_redemption":
{ Args: { "p_client": string,"p_details"?: Json,"p_redemption": string }; Returns: Json
                           },
"loyalty_claim_reward":
{ Args: { "p_client": string,"p_details"?: Json,"p_reward": string }; Returns: Json
                           },
"loyalty_claw_back_payout":
{ Args: { "p_amount": number,"p_client": string,"p_payout": string,"p_reason": string }; Returns: string
                           },
"loyalty_create_run":
{ Args: { "p_client": string,"p_creates_creators": boolean,"p_file": string }; Returns: string
                           },
"loyalty_decide_claim":
{ Args: { "p_approve": boolean,"p_claim": string,"p_client": string,"p_reason"?: string }; Returns: string
                           },
"loyalty_draw_raffle":
{ Args: { "p_client": string,"p_raffle": string }; Returns: Json
                           },
"loyalty_duplicate_reward":
{ Args: { "p_client": string,"p_reward": string }; Returns: string
                           },
"loyalty_ensure_source":
{ Args: { "p_client": string }; Returns: string
                           },
"loyalty_enter_raffle":
{ Args: { "p_client": string,"p_raffle": string }; Returns: Json
                           },
"loyalty_export_addresses":
{ Args: { "p_client": string,"p_redemptions"?: (string)[] }; Returns: Json
                           },
"loyalty_export_batch":
{ Args: { "p_batch": string,"p_client": string }; Returns: Json
                           },
"loyalty_fetch_now":
{ Args: { "p_client": string }; Returns: string
                           },
"loyalty_give_boost_details":
{ Args: { "p_client": string,"p_details"?: string,"p_fingerprint": string,"p_hint": string,"p_id": string,"p_method": string,"p_reward": string,"p_sealed": string }; Returns: Json
                           },
"loyalty_hold_creator":
{ Args: { "p_client": string,"p_creator": string,"p_reason": string }; Returns: string
                           },
"loyalty_leave_raffle":
{ Args: { "p_client": string,"p_raffle": string }; Returns: Json
                           },
"loyalty_list_adjustments":
{ Args: { "p_client": string,"p_creator": string,"p_cursor"?: Json,"p_limit"?: number }; Returns: Json
                           },
"loyalty_list_batches":
{ Args: { "p_client": string,"p_cursor"?: Json,"p_limit"?: number }; Returns: Json
                           },
"loyalty_list_claims":
{ Args: { "p_client": string,"p_limit"?: number,"p_state"?: string }; Returns: Json
                           },
"loyalty_list_creators":
{ Args: { "p_client": string,"p_cursor"?: Json,"p_direction"?: string,"p_limit"?: number,"p_min_sales"?: number,"p_search"?: string,"p_sort"?: string,"p_state"?: string,"p_tiers"?: (string)[],"p_with_count"?: boolean }; Returns: Json
                           },
"loyalty_list_decisions":
{ Args: { "p_before"?: number,"p_client": string,"p_creator": string,"p_limit"?: number }; Returns: Json
                           },
"loyalty_list_earnings":
{ Args: { "p_client": string,"p_creator": string }; Returns: Json
                           },
"loyalty_list_holds":
{ Args: { "p_before"?: Json,"p_client": string,"p_limit"?: number,"p_state"?: string }; Returns: Json
                           },
"loyalty_list_mission_history":
{ Args: { "p_client": string,"p_creator"?: string,"p_cursor"?: Json,"p_limit"?: number }; Returns: Json
                           },
"loyalty_list_missions":
{ Args: { "p_client": string,"p_cursor"?: Json,"p_every_tier"?: boolean,"p_limit"?: number,"p_search"?: string,"p_states"?: (string)[],"p_tiers"?: (string)[] }; Returns: Json
                           },
"loyalty_list_money":
{ Args: { "p_client": string,"p_cursor"?: Json,"p_limit"?: number,"p_view": string }; Returns: Json
                           },
"loyalty_list_raffle_entries":
{ Args: { "p_client": string,"p_cursor"?: Json,"p_limit"?: number,"p_raffle": string }; Returns: Json
                           },
"loyalty_list_raffles":
{ Args: { "p_client": string,"p_cursor"?: Json,"p_limit"?: number }; Returns: Json
                           },
"loyalty_list_redemptions":
{ Args: { "p_client": string,"p_cursor"?: Json,"p_filter"?: Json,"p_limit"?: number,"p_with_count"?: boolean }; Returns: Json
                           },
"loyalty_list_reward_history":
{ Args: { "p_client": string,"p_cursor"?: Json,"p_limit"?: number }; Returns: Json
                           },
"loyalty_list_rewards":
{ Args: { "p_client": string,"p_cursor"?: Json,"p_kinds"?: (string)[],"p_limit"?: number,"p_offer"?: string,"p_states"?: (string)[] }; Returns: Json
                           },
"loyalty_list_rounds":
{ Args: { "p_client": string,"p_creator": string }; Returns: Json
                           },
"loyalty_list_tags":
{ Args: { "p_client": string }; Returns: Json
                           },
"loyalty_list_videos":
{ Args: { "p_client": string,"p_creator": string,"p_cursor"?: Json,"p_from"?: string,"p_limit"?: number,"p_to"?: string }; Returns: Json
                           },
"loyalty_make_batch":
{ Args: { "p_client": string,"p_creators"?: (string)[],"p_method": string }; Returns: string
                           },
"loyalty_move_redemption":
{ Args: { "p_client": string,"p_from"?: string,"p_reason": string,"p_redemption": string,"p_schedule": Json }; Returns: Json
                           },
"loyalty_my_claims":
{ Args: { "p_slug": string }; Returns: Json
                           },
"loyalty_pin_tier":
{ Args: { "p_client": string,"p_creator": string,"p_reason": string,"p_tier": string }; Returns: undefined
                           },
"loyalty_preview_mission":
{ Args: { "p_body": Json,"p_client": string }; Returns: Json
                           },
"loyalty_preview_reward":
{ Args: { "p_client": string,"p_preview_from"?: string,"p_reward"?: string,"p_tag"?: string,"p_tier"?: string }; Returns: Json
                           },
"loyalty_preview_tiers":
{ Args: { "p_client": string,"p_tiers": Json }; Returns: Json
                           },
"loyalty_read_admin_home":
{ Args: { "p_client": string }; Returns: Json
                           },
"loyalty_read_batch":
{ Args: { "p_batch": string,"p_client": string }; Returns: Json
                           },
"loyalty_read_celebrations":
{ Args: { "p_client": string,"p_creator": string }; Returns: Json
                           },
"loyalty_read_creator":
{ Args: { "p_client": string,"p_creator": string }; Returns: Json
                           },
"loyalty_read_data_state":
{ Args: { "p_client": string }; Returns: Json
                           },
"loyalty_read_decision":
{ Args: { "p_client": string,"p_creator": string }; Returns: Json
                           },
"loyalty_read_home":
{ Args: { "p_client": string }; Returns: Json
                           },
"loyalty_read_leaderboard":
{ Args: { "p_client": string,"p_cursor"?: Json,"p_limit"?: number }; Returns: Json
                           },
"loyalty_read_mission":
{ Args: { "p_client": string,"p_mission": string }; Returns: Json
                           },
"loyalty_read_missions":
{ Args: { "p_client": string }; Returns: Json
                           },
"loyalty_read_move_slots":
{ Args: { "p_client": string,"p_redemption": string }; Returns: Json
                           },
"loyalty_read_my_payouts":
{ Args: { "p_client": string }; Returns: Json
                           },
"loyalty_read_raffle":
{ Args: { "p_client": string,"p_raffle": string }; Returns: Json
                           },
"loyalty_read_raffle_list":
{ Args: { "p_client": string,"p_raffle": string }; Returns: string
                           },
"loyalty_read_redemption":
{ Args: { "p_client": string,"p_redemption": string }; Returns: Json
                           },
"loyalty_read_redemption_event":
{ Args: { "p_client": string,"p_redemption": string }; Returns: Json
                           },
"loyalty_read_refunds":
{ Args: { "p_client": string,"p_creator": string,"p_from": string,"p_to": string }; Returns: number
                           },
"loyalty_read_report":
{ Args: { "p_client": string,"p_from": string,"p_to": string }; Returns: Json
                           },
"loyalty_read_report_mails":
{ Args: { "p_client": string }; Returns: Json
                           },
"loyalty_read_reward":
{ Args: { "p_client": string,"p_reward": string }; Returns: Json
                           },
"loyalty_read_rewards":
{ Args: { "p_client": string }; Returns: Json
                           },
"loyalty_read_slots":
{ Args: { "p_client": string,"p_kind": string }; Returns: Json
                           },
"loyalty_read_tier_rewards":
{ Args: { "p_client": string }; Returns: Json
                           },
"loyalty_read_warning":
{ Args: { "p_client": string,"p_creator": string }; Returns: Json
                           },
"loyalty_read_weeks":
{ Args: { "p_client": string,"p_creator": string,"p_last": string,"p_period_start": string }; Returns: Json
                           },
"loyalty_read_work":
{ Args: { "p_client": string,"p_cursor"?: Json,"p_kinds"?: (string)[],"p_limit"?: number }; Returns: Json
                           },
"loyalty_redraw_raffle":
{ Args: { "p_client": string,"p_entry": string,"p_reason": string }; Returns: Json
                           },
"loyalty_rename_creator":
{ Args: { "p_client": string,"p_creator": string,"p_handle": string,"p_keep_alias"?: boolean }; Returns: string
                           },
"loyalty_request_save":
{ Args: { "p_client": string,"p_confirm": boolean,"p_creates_creators": boolean,"p_run": string }; Returns: string
                           },
"loyalty_request_undo":
{ Args: { "p_client": string,"p_run": string }; Returns: string
                           },
"loyalty_reseal_payout_account":
{ Args: { "p_account": string,"p_client": string,"p_old": string,"p_sealed": string }; Returns: undefined
                           },
"loyalty_resolve_hold":
{ Args: { "p_client": string,"p_decision": string,"p_hold": string,"p_note": string,"p_reject"?: (string)[] }; Returns: Json
                           },
"loyalty_retry_run":
{ Args: { "p_client": string,"p_run": string }; Returns: string
                           },
"loyalty_reveal_payout_account":
{ Args: { "p_account": string,"p_client": string,"p_reason": string }; Returns: Json
                           },
"loyalty_save_creator_tags":
{ Args: { "p_client": string,"p_creator": string,"p_tags": (string)[] }; Returns: (string)[]
                           },
"loyalty_save_mapping":
{ Args: { "p_client": string,"p_columns": Json }; Returns: number
                           },
"loyalty_save_mission":
{ Args: { "p_body": Json,"p_client": string,"p_mission": string }; Returns: string
                           },
"loyalty_save_payout_account":
{ Args: { "p_client": string,"p_details"?: string,"p_fingerprint": string,"p_hint": string,"p_id": string,"p_method": string,"p_sealed": string }; Returns: Json
                           },
"loyalty_save_report_mails":
{ Args: { "p_client": string,"p_monthly": (string)[],"p_weekly": (string)[] }; Returns: Json
                           },
"loyalty_save_reward":
{ Args: { "p_client": string,"p_draft": Json,"p_revision"?: number,"p_reward": string }; Returns: string
                           },
"loyalty_save_source":
{ Args: { "p_client": string,"p_creates_creators": boolean,"p_header_name": string,"p_kind": string,"p_recipe": Json,"p_secrets": Json,"p_url": string }; Returns: string
                           },
"loyalty_save_tiers":
{ Args: { "p_client": string,"p_tiers": Json }; Returns: undefined
                           },
"loyalty_seal_raffle":
{ Args: { "p_client": string,"p_raffle": string }; Returns: string
                           },
"loyalty_set_creator_state":
{ Args: { "p_client": string,"p_creator": string,"p_state": string }; Returns: undefined
                           },
"loyalty_set_leaderboard":
{ Args: { "p_client": string,"p_shown": boolean }; Returns: undefined
                           },
"loyalty_ship_gifts":
{ Args: { "p_all"?: boolean,"p_client": string,"p_items": Json }; Returns: Json
                           },
"loyalty_step_batch":
{ Args: { "p_batch": string,"p_client": string,"p_step": string }; Returns: string
                           },
"loyalty_step_mission":
{ Args: { "p_client": string,"p_mission": string,"p_step": string }; Returns: undefined
                           },
"loyalty_step_payments":
{ Args: { "p_batch": string,"p_client": string,"p_payments": (string)[],"p_reason"?: string,"p_reference"?: string,"p_step": string }; Returns: number
                           },
"loyalty_step_redemption":
{ Args: { "p_client": string,"p_detail"?: Json,"p_redemption": string,"p_step": string }; Returns: Json
                           },
"loyalty_step_redemptions":
{ Args: { "p_client": string,"p_detail"?: Json,"p_items": Json,"p_step": string }; Returns: Json
                           },
"loyalty_step_reward":
{ Args: { "p_client": string,"p_revision"?: number,"p_reward": string,"p_step": string }; Returns: Json
                           },
"loyalty_unpin_tier":
{ Args: { "p_client": string,"p_creator": string }; Returns: undefined
                           },
"loyalty_withdraw_claim":
{ Args: { "p_claim": string }; Returns: undefined
                           },
"notifications_mark_read":
{ Args: { "p_client": string,"p_ids"?: (string)[],"p_until"?: string }; Returns: number
                           },
"notifications_save_preference":
{ Args: { "p_client": string,"p_email": boolean,"p_in_app": boolean,"p_type": string }; Returns: undefined
                           },
"notifications_unsubscribe":
{ Args: { "p_client": string,"p_person": string,"p_type": string }; Returns: undefined
                           },
"people_accept_invitation":
{ Args: { "p_token_hash": string }; Returns: Json
                           },
"people_claim_by_email":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"people_end_view":
{ Args: { "p_client": string }; Returns: undefined
                           },
"people_grant_role":
{ Args: { "p_client": string,"p_person": string,"p_role": string,"p_valid_until"?: string }; Returns: string
                           },
"people_invite":
{ Args: { "p_client": string,"p_display_name"?: string,"p_email"?: string,"p_person"?: string,"p_role": string,"p_token_envelope": string,"p_token_hash": string }; Returns: string
                           },
"people_list":
{ Args: { "p_after_id"?: string,"p_after_name"?: string,"p_backward"?: boolean,"p_client": string,"p_limit"?: number,"p_role"?: string,"p_search"?: string,"p_state"?: string,"p_team"?: boolean }; Returns: Json
                           },
"people_read":
{ Args: { "p_client": string,"p_person": string }; Returns: Json
                           },
"people_read_invitation":
{ Args: { "p_token_hash": string }; Returns: Json
                           },
"people_resend_invitation":
{ Args: { "p_client": string,"p_invitation": string,"p_token_envelope": string,"p_token_hash": string }; Returns: undefined
                           },
"people_revoke_invitation":
{ Args: { "p_client": string,"p_invitation": string }; Returns: undefined
                           },
"people_revoke_role":
{ Args: { "p_client": string,"p_person": string,"p_role": string }; Returns: undefined
                           },
"people_set_state":
{ Args: { "p_client": string,"p_person": string,"p_state": string }; Returns: undefined
                           },
"people_start_view":
{ Args: { "p_client": string,"p_person": string,"p_reason": string }; Returns: Json
                           }
          }
          Enums: {
            [_ in never]: never
          }
          CompositeTypes: {
            [_ in never]: never
          }
        }
}

type DatabaseWithoutInternals = Omit<Database, '__InternalSupabase'>

type DefaultSchema = DatabaseWithoutInternals[Extract<keyof Database, "public">]

export type Tables<
  DefaultSchemaTableNameOrOptions extends
    | keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
        DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
      DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])[TableName] extends {
      Row: infer R
    }
    ? R
    : never
  : DefaultSchemaTableNameOrOptions extends keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
  ? (DefaultSchema["Tables"] & DefaultSchema["Views"])[DefaultSchemaTableNameOrOptions] extends {
      Row: infer R
    }
    ? R
    : never
  : never

export type TablesInsert<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Insert: infer I
    }
    ? I
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
  ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
      Insert: infer I
    }
    ? I
    : never
  : never

export type TablesUpdate<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Update: infer U
    }
    ? U
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
  ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
      Update: infer U
    }
    ? U
    : never
  : never

export type Enums<
  DefaultSchemaEnumNameOrOptions extends
    | keyof DefaultSchema["Enums"]
    | { schema: keyof DatabaseWithoutInternals },
  EnumName extends DefaultSchemaEnumNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"]
    : never = never
> = DefaultSchemaEnumNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"][EnumName]
  : DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema["Enums"]
  ? DefaultSchema["Enums"][DefaultSchemaEnumNameOrOptions]
  : never

export type CompositeTypes<
  PublicCompositeTypeNameOrOptions extends
    | keyof DefaultSchema["CompositeTypes"]
    | { schema: keyof DatabaseWithoutInternals },
  CompositeTypeName extends PublicCompositeTypeNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"]
    : never = never
> = PublicCompositeTypeNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"][CompositeTypeName]
  : PublicCompositeTypeNameOrOptions extends keyof DefaultSchema["CompositeTypes"]
  ? DefaultSchema["CompositeTypes"][PublicCompositeTypeNameOrOptions]
  : never

export const Constants = {
  "public": {
          Enums: {
            
          }
        }
} as const
