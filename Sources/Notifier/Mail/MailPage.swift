/// The page around every HTML part: no style sheet that mail programs would strip, nothing fetched.
enum MailPage {
  static func html(title: String, body: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="da">
    <head><meta charset="utf-8"><title>\(escaped(title))</title></head>
    <body style="font-family: sans-serif; line-height: 1.45; max-width: 42em">
    \(body)
    </body>
    </html>

    """
  }
}
