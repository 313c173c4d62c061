"""What each lesson asks and says: one module a lesson, all texts in English and Chinese."""
