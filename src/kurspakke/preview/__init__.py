"""The preview server: packages in the browser of whoever writes or imports them, on this machine only."""
