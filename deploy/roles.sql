-- The database "tracker" and the three roles that use it. Run by a superuser, as often as you like:
--   TRACKER_OWNER_PASSWORD=... TRACKER_APP_PASSWORD=... TRACKER_SEALER_PASSWORD=... psql -X -v ON_ERROR_STOP=1 -f roles.sql
-- tracker_owner   owns the tables and migrates; used by no process that serves
-- tracker_app     web, worker, beat: rows of tables, no structure. What it may do to the ledger, the ledger's migration narrows
-- tracker_sealer  the sealer: connects; the ledger's migration grants the rest
-- PostgreSQL 17 or later (the collation C.UTF-8 is built in: it does not change with the operating system).

-- Passwords must not reach the server's log.
SET log_statement = 'none';
SET log_min_error_statement = 'panic';
SET client_min_messages = 'warning';

\getenv owner_password TRACKER_OWNER_PASSWORD
\getenv app_password TRACKER_APP_PASSWORD
\getenv sealer_password TRACKER_SEALER_PASSWORD

SELECT format('CREATE ROLE %I', name) FROM unnest(ARRAY['tracker_owner', 'tracker_app', 'tracker_sealer']) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec

ALTER ROLE tracker_owner WITH LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD :'owner_password';
ALTER ROLE tracker_app WITH LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD :'app_password';
ALTER ROLE tracker_sealer WITH LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD :'sealer_password';

SELECT 'CREATE DATABASE tracker OWNER tracker_owner TEMPLATE template0 ENCODING ''UTF8'' '
       'LOCALE ''C'' LOCALE_PROVIDER builtin BUILTIN_LOCALE ''C.UTF-8'''
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'tracker') \gexec

REVOKE ALL ON DATABASE tracker FROM PUBLIC;
GRANT CONNECT ON DATABASE tracker TO tracker_app, tracker_sealer;

-- A forgotten transaction must not hold the ledger's lock, nor a bad query a worker.
ALTER ROLE tracker_app IN DATABASE tracker SET idle_in_transaction_session_timeout = '60s';
ALTER ROLE tracker_app IN DATABASE tracker SET statement_timeout = '60s';
ALTER ROLE tracker_sealer IN DATABASE tracker SET idle_in_transaction_session_timeout = '60s';

\connect tracker
SET client_min_messages = 'warning';

ALTER SCHEMA public OWNER TO tracker_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO tracker_app, tracker_sealer;

-- What tracker_owner creates from now on. Tables that it already has were granted when they were made.
ALTER DEFAULT PRIVILEGES FOR ROLE tracker_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO tracker_app;
ALTER DEFAULT PRIVILEGES FOR ROLE tracker_owner IN SCHEMA public
    GRANT USAGE ON SEQUENCES TO tracker_app;
