"""The main job shown on a real draft: agencies and an official at work through the real application."""
