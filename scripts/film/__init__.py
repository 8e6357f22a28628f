"""A small drawn film from data: a story file, drawings in SVG and a voice become MP4, captions and a poster."""
